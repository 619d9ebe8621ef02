package io.thalweg.log.file;

import java.io.IOException;

/** The device or the quota has no room for a write; part of the write may be in the file. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
