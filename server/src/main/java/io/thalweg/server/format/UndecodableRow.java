package io.thalweg.server.format;

import io.thalweg.model.error.ErrorCode;

/**
 * Bytes that are no row of a schema: why not, and where. It is caught by whoever gave the bytes to a decoder, who knows
 * which place they came from; so it carries no stack trace, and many of them cost little.
 */
public final class UndecodableRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int offset;

    /**
     * @param reason lower case, without a full stop
     * @param offset of the offending byte, counted from the first byte of the record
     */
    public UndecodableRow(ErrorCode code, String reason, int offset) {
        super(reason, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    public ErrorCode code() {
        return code;
    }

    /** Why the bytes are no row, for people. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The offending byte, counted from the first of the record. */
    public int offset() {
        return offset;
    }
}
