package io.thalweg.runtime.expression.json;

import java.nio.charset.StandardCharsets;

/**
 * Finds its way through JSON in UTF-8 without making anything of it: a value is a range of the bytes. All but
 * {@link #end} want text that has been found to be JSON.
 */
final class JsonText {
    /** Deeper text is not taken for JSON. */
    private static final int MAX_DEPTH = 512;

    private static final int NONE = -1;

    private final byte[] data;
    private final int limit;

    JsonText(byte[] data, int limit) {
        this.data = data;
        this.limit = limit;
    }

    /** The index behind the only value from an index on, or -1 if there is no such value or something follows it. */
    int end(int start) {
        int end = value(skipSpace(start), 0);
        return end != NONE && skipSpace(end) == limit ? end : NONE;
    }

    int skipSpace(int start) {
        int at = start;
        while (at < limit && (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The index behind the value at an index, which is no space. */
    int behind(int start) {
        return value(start, 0);
    }

    private int value(int start, int depth) {
        if (start == NONE || start >= limit || depth > MAX_DEPTH) {
            return NONE;
        }
        return switch (data[start]) {
            case '{' -> members(start + 1, true, depth);
            case '[' -> members(start + 1, false, depth);
            case '"' -> string(start + 1);
            case 't' -> word(start, "true");
            case 'f' -> word(start, "false");
            case 'n' -> word(start, "null");
            default -> number(start);
        };
    }

    private int members(int start, boolean object, int depth) {
        byte closing = (byte) (object ? '}' : ']');
        int at = skipSpace(start);
        if (at < limit && data[at] == closing) {
            return at + 1;
        }
        while (true) {
            if (object) {
                at = skipSpace(at < limit && data[at] == '"' ? string(at + 1) : limit);
                if (at <= 0 || at >= limit || data[at] != ':') {
                    return NONE;
                }
                at = skipSpace(at + 1);
            }
            at = value(at, depth + 1);
            if (at == NONE) {
                return NONE;
            }
            at = skipSpace(at);
            if (at >= limit || data[at] != ',') {
                return at < limit && data[at] == closing ? at + 1 : NONE;
            }
            at = skipSpace(at + 1);
        }
    }

    private int string(int start) {
        for (int at = start; at < limit; at++) {
            if (data[at] == '"') {
                return at + 1;
            }
            if (data[at] >= 0 && data[at] < ' ') {
                return NONE;
            }
            if (data[at] == '\\') {
                at++;
                if (at >= limit || "\"\\/bfnrtu".indexOf(data[at]) < 0 || data[at] == 'u' && !isHexadecimal(at + 1)) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    private boolean isHexadecimal(int start) {
        if (start + 4 > limit) {
            return false;
        }
        for (int at = start; at < start + 4; at++) {
            if (Character.digit(data[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private int word(int start, String word) {
        if (start + word.length() > limit) {
            return NONE;
        }
        for (int i = 0; i < word.length(); i++) {
            if (data[start + i] != word.charAt(i)) {
                return NONE;
            }
        }
        return start + word.length();
    }

    private int number(int start) {
        int at = start < limit && data[start] == '-' ? start + 1 : start;
        int whole = digits(at);
        if (whole == at || data[at] == '0' && whole > at + 1) {
            return NONE;
        }
        at = whole;
        if (at < limit && data[at] == '.') {
            int fraction = digits(at + 1);
            if (fraction == at + 1) {
                return NONE;
            }
            at = fraction;
        }
        if (at < limit && (data[at] == 'e' || data[at] == 'E')) {
            boolean signed = at + 1 < limit && (data[at + 1] == '+' || data[at + 1] == '-');
            int first = at + (signed ? 2 : 1);
            int exponent = digits(first);
            return exponent == first ? NONE : exponent;
        }
        return at;
    }

    private int digits(int start) {
        int at = start;
        while (at < limit && data[at] >= '0' && data[at] <= '9') {
            at++;
        }
        return at;
    }

    byte at(int index) {
        return data[index];
    }

    /** Where the first member of an array or an object begins, or -1 of an empty one. */
    int firstMember(int start) {
        int at = skipSpace(start + 1);
        return data[at] == ']' || data[at] == '}' ? NONE : at;
    }

    /** Where the member behind one begins that ends at an index, or -1 behind the last. */
    int nextMember(int end) {
        int at = skipSpace(end);
        return data[at] == ',' ? skipSpace(at + 1) : NONE;
    }

    /** Where the value of a member of an object begins, of which the name begins at an index. */
    int valueOf(int name) {
        return skipSpace(skipSpace(string(name + 1)) + 1);
    }

    /** Whether the string at an index has a text; the text is given in UTF-8. */
    boolean isString(int start, byte[] text) {
        int at = start + 1;
        for (byte wanted : text) {
            if (data[at] == '\\') {
                return new String(unescaped(start), StandardCharsets.UTF_8)
                        .equals(new String(text, StandardCharsets.UTF_8));
            }
            if (data[at] == '"' || data[at] != wanted) {
                return false;
            }
            at++;
        }
        return data[at] == '"';
    }

    /** The text of the string at an index, in UTF-8. */
    byte[] unescaped(int start) {
        int end = string(start + 1) - 1;
        StringBuilder text = new StringBuilder();
        int plain = start + 1;
        for (int at = plain; at < end; at++) {
            if (data[at] == '\\') {
                text.append(utf8(plain, at));
                char escaped = (char) data[++at];
                if (escaped == 'u') {
                    text.append((char) Integer.parseInt(utf8(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    int known = "bfnrt".indexOf(escaped);
                    text.append(known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
                }
                plain = at + 1;
            }
        }
        return text.append(utf8(plain, end)).toString().getBytes(StandardCharsets.UTF_8);
    }

    private String utf8(int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    /** Writes what is between two indexes without spaces, and returns the index behind it. */
    int compact(int from, int to, byte[] target, int start) {
        int length = start;
        boolean inString = false;
        for (int at = from; at < to; at++) {
            byte next = data[at];
            if (inString && next == '\\') {
                target[length++] = next;
                target[length++] = data[++at];
            } else if (inString || next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                inString ^= next == '"';
                target[length++] = next;
            }
        }
        return length;
    }
}
