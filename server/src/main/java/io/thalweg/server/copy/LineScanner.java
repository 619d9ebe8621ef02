package io.thalweg.server.copy;

import java.util.Optional;

/** Each line is a record; empty ones are none. */
final class LineScanner implements RecordScanner {
    private final boolean keepsSpaces;

    /** @param keepsSpaces whether spaces and tabs at the ends of a line belong to the record */
    LineScanner(boolean keepsSpaces) {
        this.keepsSpaces = keepsSpaces;
    }

    @Override
    public void begin() {
        // A line has no memory.
    }

    @Override
    public int scan(byte[] data, int from, int to) {
        for (int at = from; at < to; at++) {
            if (data[at] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    @Override
    public boolean isPadding(byte value) {
        return value == '\r' || value == '\n' || !keepsSpaces && (value == ' ' || value == '\t');
    }

    @Override
    public Optional<String> openAtEnd() {
        return Optional.empty();
    }
}
