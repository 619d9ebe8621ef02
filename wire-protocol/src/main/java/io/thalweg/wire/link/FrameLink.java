package io.thalweg.wire.link;

import java.nio.ByteBuffer;

/**
 * One end of an ordered two-way path for whole frames; a frame is a type byte and a body, without a length. What the
 * other end sends arrives at the {@link FrameReceiver} that was given when the link was made. Thread-safe.
 */
public interface FrameLink extends AutoCloseable {
    /**
     * Sends the remaining bytes of a frame, after all frames sent before. The buffer is given away: the caller does not
     * touch it or the array behind it again, since an in-process link hands it over as it is. Blocks only while the
     * transport takes the bytes, never for the other end to do something with them. Throws
     * {@link io.thalweg.model.error.ThalwegException} with CONNECTION_LOST or CONNECTION_CLOSED if the path is gone.
     */
    void send(ByteBuffer frame);

    /** Ends the path. Both receivers are told, once each. May be called many times and from any thread. */
    @Override
    void close();
}
