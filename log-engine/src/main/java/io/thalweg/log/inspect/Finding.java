package io.thalweg.log.inspect;

import java.nio.file.Path;

/** Something a verification has to say about a file. */
public record Finding(Severity severity, Path file, String message) {
    /** What a finding means for the rows. */
    public enum Severity {
        /** Recovery puts it right without losing anything acknowledged. */
        RECOVERABLE,
        /** Acknowledged rows cannot be served. */
        DAMAGE
    }

    @Override
    public String toString() {
        return severity + " " + file + ": " + message;
    }
}
