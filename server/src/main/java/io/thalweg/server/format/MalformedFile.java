package io.thalweg.server.format;

import java.io.IOException;

/** A file that is not what it should be, as a whole or from some place on; the message says why, for people. */
public final class MalformedFile extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason lower case, without a full stop, of the file as "it" */
    public MalformedFile(String reason) {
        super(reason);
    }

    /** @param reason lower case, without a full stop, of the file as "it" */
    public MalformedFile(String reason, Throwable cause) {
        super(reason, cause);
    }
}
