package io.thalweg.log.segment;

import java.io.IOException;

/** A file of the log does not hold what was written to it. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }
}
