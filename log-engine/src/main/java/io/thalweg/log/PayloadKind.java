package io.thalweg.log;

import io.thalweg.log.frame.FrameFormat;
import java.util.Optional;

/** How the payload of a frame is to be read. The code is stored in every frame and never changes its meaning. */
public enum PayloadKind {
    /** A columnar block of rows: schema on write. */
    COLUMNAR_BLOCK(1),
    /** A Kafka record batch of version 2, checked by who appends it and kept as it came: schema on read. */
    KAFKA_BATCH(FrameFormat.KAFKA_BATCH),
    /** A record of the log's owner, such as a change of the catalog. */
    RECORD(3);

    private final byte code;

    PayloadKind(int code) {
        this.code = (byte) code;
    }

    /** The number in the frame. */
    public byte code() {
        return code;
    }

    /** The kind with this number, if this release knows it. */
    public static Optional<PayloadKind> ofCode(byte code) {
        for (PayloadKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
