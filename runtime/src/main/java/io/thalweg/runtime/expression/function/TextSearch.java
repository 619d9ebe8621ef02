package io.thalweg.runtime.expression.function;

import java.util.Arrays;

/** Functions that look into a text and return a number or a truth value. */
public final class TextSearch {
    private TextSearch() {}

    public static int characterLength(Slice text) {
        return Utf8.count(text.data, text.start, text.start + text.length);
    }

    public static int octetLength(Slice text) {
        return text.length;
    }

    /** The position of a text in another, 0 if it is not there. */
    public static int position(Slice search, Slice text) {
        return position(search, text, 1);
    }

    /** The first position at or behind another. */
    public static int position(Slice search, Slice text, long from) {
        int end = text.start + text.length;
        if (from < 1 || from > characterLength(text) + 1L) {
            return 0;
        }
        int start = Utf8.offset(text.data, text.start, end, from - 1);
        int found = indexOf(text.data, start, end, search);
        return found < 0 ? 0 : Utf8.count(text.data, text.start, found) + 1;
    }

    /** The code point of the first character, 0 for an empty text. */
    public static int ascii(Slice text) {
        return text.length == 0 ? 0 : Utf8.codePoint(text.data, text.start);
    }

    public static boolean startsWith(Slice text, Slice prefix) {
        return text.length >= prefix.length && equalAt(text.data, text.start, prefix);
    }

    public static boolean endsWith(Slice text, Slice suffix) {
        return text.length >= suffix.length && equalAt(text.data, text.start + text.length - suffix.length, suffix);
    }

    public static boolean contains(Slice text, Slice search) {
        return indexOf(text.data, text.start, text.start + text.length, search) >= 0;
    }

    /** How often a separator is in a text, without overlaps. */
    static long count(Slice text, Slice separator) {
        if (separator.length == 0) {
            return 0;
        }
        int end = text.start + text.length;
        long count = 0;
        for (int at = indexOf(text.data, text.start, end, separator);
                at >= 0;
                at = indexOf(text.data, at + separator.length, end, separator)) {
            count++;
        }
        return count;
    }

    /** Where bytes begin within others, or -1. Texts in UTF-8 are found at the start of characters only. */
    static int indexOf(byte[] data, int start, int end, Slice search) {
        return indexOf(data, start, end, search.data, search.start, search.length);
    }

    static int indexOf(byte[] data, int start, int end, byte[] search, int searchStart, int searchLength) {
        if (searchLength == 0) {
            return start;
        }
        byte first = search[searchStart];
        int last = end - searchLength;
        for (int at = start; at <= last; at++) {
            if (data[at] == first
                    && Arrays.equals(data, at, at + searchLength, search, searchStart, searchStart + searchLength)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean equalAt(byte[] data, int at, Slice other) {
        return Arrays.equals(data, at, at + other.length, other.data, other.start, other.start + other.length);
    }
}
