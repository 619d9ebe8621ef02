package io.thalweg.wire.link;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a link calls with the frames that the other end sent; one call at a time, in the order they were sent. */
public interface FrameReceiver {
    /** A frame has arrived. The buffer, which has an array behind it, now belongs to the receiver. Must not block. */
    void onFrame(ByteBuffer frame);

    /**
     * The path has ended, by either side or by a failure; nothing is called after this.
     *
     * @param cause null if one of the sides closed it in an orderly way
     */
    void onClose(@Nullable Throwable cause);
}
