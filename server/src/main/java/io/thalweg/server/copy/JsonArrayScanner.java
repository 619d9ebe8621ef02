package io.thalweg.server.copy;

import java.util.Optional;

/**
 * The elements of one JSON array are records, over however many lines they go. Only brackets and strings are looked at;
 * whether an element is well formed is the decoder's business. The opening bracket has been passed.
 */
final class JsonArrayScanner implements RecordScanner {
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inScalar;
    private boolean ended;

    @Override
    public void begin() {
        depth = 0;
        inString = false;
        escaped = false;
        inScalar = false;
    }

    @Override
    public int scan(byte[] data, int from, int to) {
        for (int at = from; at < to; at++) {
            byte next = data[at];
            if (inString) {
                if (next == '"' && !escaped) {
                    inString = false;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                escaped = next == '\\' && !escaped;
            } else if (next == '"') {
                inString = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                if (inScalar || depth == 0) {
                    ended = true;
                    return at + 1;
                }
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
            } else if (depth == 0 && isPadding(next)) {
                if (inScalar) {
                    return at;
                }
            } else if (depth == 0) {
                inScalar = true;
            }
        }
        return -1;
    }

    @Override
    public boolean isPadding(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n' || value == ',' || value == ']';
    }

    @Override
    public Optional<String> openAtEnd() {
        return ended ? Optional.empty() : Optional.of("the JSON array does not end");
    }
}
