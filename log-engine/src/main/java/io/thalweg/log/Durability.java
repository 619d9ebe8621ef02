package io.thalweg.log;

/** What an acknowledgement promises. */
public enum Durability {
    /** The rows survive kill, kernel crash and power loss, provided the disk honours a flush. */
    SYNC,
    /** The rows survive the kill of the process; those of the last seconds may be lost with the power. */
    OS
}
