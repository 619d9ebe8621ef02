package io.thalweg.log.kafka;

import java.util.Optional;

/** How the records of a batch are compressed, in the order of Kafka's codes. */
public enum BatchCompression {
    NONE,
    GZIP,
    SNAPPY,
    LZ4,
    ZSTD;

    private static final BatchCompression[] BY_CODE = values();

    /** The compression with this code, if there is one. */
    static Optional<BatchCompression> ofCode(int code) {
        return code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
}
