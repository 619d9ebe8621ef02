package io.thalweg.model.error;

/** Who can do something about an error. */
public enum ErrorCategory {
    /** The statement or the data is at fault: the user changes it. */
    USER,
    /** A limit was reached or a device is full: an operator makes room. */
    RESOURCE,
    /** Something outside the process failed: a disk, a connection, another system. */
    EXTERNAL,
    /** Thalweg itself is at fault. */
    INTERNAL
}
