package io.thalweg.runtime.expression.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches texts against a LIKE pattern, which it keeps prepared as long as the pattern stays the same. A pattern is cut
 * at its {@code %} into segments; the first and the last are tied to the ends of the text, those between are looked for
 * from left to right. One owner thread.
 */
public final class LikeMatcher {
    /** Stands for {@code _} in a segment; no byte of UTF-8 has this value. */
    private static final byte ANY_CHARACTER = (byte) 0xFF;

    private final boolean ignoreCase;
    private final Slice foldedText = new Slice();
    private final Slice foldedPattern = new Slice();
    private byte @Nullable [] preparedPattern;
    private byte @Nullable [] preparedEscape;
    private byte[][] segments = {};

    public LikeMatcher(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    /** Prepares a pattern without an escape character. */
    public LikeMatcher prepare(Slice pattern) {
        return prepare(pattern, null);
    }

    /** Prepares a pattern with an escape character. */
    public LikeMatcher prepare(Slice pattern, @Nullable Slice escape) {
        if (isPrepared(pattern, escape)) {
            return this;
        }
        preparedPattern = null;
        if (escape != null && TextSearch.characterLength(escape) != 1) {
            throw EvaluationErrors.argument(
                    "escape " + EvaluationErrors.quoted(escape.text()) + " of LIKE is not one character");
        }
        segments = segments(pattern, escape == null ? -1 : Utf8.codePoint(escape.data, escape.start));
        preparedPattern = pattern.bytes();
        preparedEscape = escape == null ? null : escape.bytes();
        return this;
    }

    private boolean isPrepared(Slice pattern, @Nullable Slice escape) {
        byte[] lastPattern = preparedPattern;
        byte[] lastEscape = preparedEscape;
        return lastPattern != null
                && equal(pattern, lastPattern)
                && (escape == null ? lastEscape == null : lastEscape != null && equal(escape, lastEscape));
    }

    private static boolean equal(Slice slice, byte[] bytes) {
        return Arrays.equals(slice.data, slice.start, slice.start + slice.length, bytes, 0, bytes.length);
    }

    private byte[][] segments(Slice pattern, int escape) {
        List<byte[]> found = new ArrayList<>();
        byte[] segment = new byte[pattern.length * 4];
        int length = 0;
        int end = pattern.start + pattern.length;
        for (int at = pattern.start; at < end; ) {
            int next = Utf8.codePoint(pattern.data, at);
            at += Utf8.length(pattern.data[at]);
            if (next == escape) {
                int escaped = at < end ? Utf8.codePoint(pattern.data, at) : -1;
                if (escaped != '%' && escaped != '_' && escaped != escape) {
                    throw EvaluationErrors.argument("pattern " + EvaluationErrors.quoted(pattern.text())
                            + " of LIKE has an escape before a character that needs none");
                }
                length = Utf8.write(escaped, segment, length);
                at += Utf8.length(pattern.data[at]);
            } else if (next == '%') {
                found.add(folded(segment, length));
                length = 0;
            } else if (next == '_') {
                segment[length++] = ANY_CHARACTER;
            } else {
                length = Utf8.write(next, segment, length);
            }
        }
        found.add(folded(segment, length));
        return found.toArray(byte[][]::new);
    }

    /** A segment as it is compared; the pieces around {@code _} are folded one by one. */
    private byte[] folded(byte[] segment, int length) {
        if (!ignoreCase) {
            return Arrays.copyOf(segment, length);
        }
        byte[] result = new byte[length * 3];
        int written = 0;
        for (int at = 0; at < length; ) {
            int end = at;
            while (end < length && segment[end] != ANY_CHARACTER) {
                end++;
            }
            Slice piece = new Slice();
            piece.set(segment, at, end - at);
            TextFunctions.lower(piece, foldedPattern);
            System.arraycopy(foldedPattern.data, foldedPattern.start, result, written, foldedPattern.length);
            written += foldedPattern.length;
            if (end < length) {
                result[written++] = ANY_CHARACTER;
            }
            at = end + 1;
        }
        return Arrays.copyOf(result, written);
    }

    /** Whether a text matches the pattern prepared last. */
    public boolean matches(Slice value) {
        Slice text = value;
        if (ignoreCase) {
            TextFunctions.lower(value, foldedText);
            text = foldedText;
        }
        byte[] data = text.data;
        int end = text.start + text.length;
        byte[][] parts = segments;
        int at = matchAt(data, text.start, end, parts[0]);
        if (parts.length == 1) {
            return at == end;
        }
        byte[] suffix = parts[parts.length - 1];
        int suffixStart = at < 0 ? -1 : suffixStart(data, at, end, suffix);
        if (suffixStart < 0 || matchAt(data, suffixStart, end, suffix) != end) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            at = find(data, at, suffixStart, parts[i]);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /** Where a match of a segment that starts here ends, or -1. */
    private static int matchAt(byte[] data, int start, int end, byte[] segment) {
        int at = start;
        for (byte expected : segment) {
            if (at >= end) {
                return -1;
            }
            if (expected == ANY_CHARACTER) {
                at += Utf8.length(data[at]);
            } else if (data[at++] != expected) {
                return -1;
            }
        }
        return at;
    }

    /** Where the last characters begin that a segment can match, or -1 if there are too few behind {@code start}. */
    private static int suffixStart(byte[] data, int start, int end, byte[] segment) {
        int at = end;
        for (int i = segment.length - 1; i >= 0; i--) {
            do {
                at--;
                if (at < start) {
                    return -1;
                }
            } while (segment[i] == ANY_CHARACTER && data[at] < -64);
        }
        return at;
    }

    private static boolean hasAnyCharacter(byte[] segment) {
        for (byte next : segment) {
            if (next == ANY_CHARACTER) {
                return true;
            }
        }
        return false;
    }

    /** Where the first match of a segment at or behind {@code start} ends, or -1. */
    private static int find(byte[] data, int start, int end, byte[] segment) {
        if (!hasAnyCharacter(segment)) {
            int found = TextSearch.indexOf(data, start, end, segment, 0, segment.length);
            return found < 0 ? -1 : found + segment.length;
        }
        for (int at = start; at <= end; at++) {
            if (at < end && data[at] < -64) {
                continue;
            }
            int matched = matchAt(data, at, end, segment);
            if (matched >= 0) {
                return matched;
            }
        }
        return -1;
    }
}
