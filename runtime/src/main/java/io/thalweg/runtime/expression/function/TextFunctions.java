package io.thalweg.runtime.expression.function;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Functions that make text from text. They work on UTF-8 bytes; positions and lengths are in code points, with a shorter
 * way for ASCII. A part of a text is a slice of the same bytes.
 */
public final class TextFunctions {
    private static final byte[] HEXADECIMAL_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private TextFunctions() {}

    /** Appends to a result that was reserved large enough. */
    public static void append(Slice text, Slice result) {
        System.arraycopy(text.data, text.start, result.data, result.length, text.length);
        result.length += text.length;
    }

    public static void upper(Slice text, Slice result) {
        byte[] bytes = result.reserve(text.length);
        for (int i = 0; i < text.length; i++) {
            byte next = text.data[text.start + i];
            if (next < 0) {
                result.setText(text.text().toUpperCase(Locale.ROOT));
                return;
            }
            bytes[i] = (byte) (next >= 'a' && next <= 'z' ? next - 32 : next);
        }
        result.length = text.length;
    }

    public static void lower(Slice text, Slice result) {
        byte[] bytes = result.reserve(text.length);
        for (int i = 0; i < text.length; i++) {
            byte next = text.data[text.start + i];
            if (next < 0) {
                result.setText(text.text().toLowerCase(Locale.ROOT));
                return;
            }
            bytes[i] = (byte) (next >= 'A' && next <= 'Z' ? next + 32 : next);
        }
        result.length = text.length;
    }

    /** The first letter of each word, which is a run of letters and digits, upper case and the others lower case. */
    public static void initialCapitals(Slice text, Slice result) {
        byte[] bytes = result.reserve(text.length);
        boolean inWord = false;
        for (int i = 0; i < text.length; i++) {
            byte next = text.data[text.start + i];
            if (next < 0) {
                result.setText(initialCapitals(text.text()));
                return;
            }
            boolean upperCase = next >= 'A' && next <= 'Z';
            boolean lowerCase = next >= 'a' && next <= 'z';
            int changed = inWord && upperCase ? next + 32 : !inWord && lowerCase ? next - 32 : next;
            bytes[i] = (byte) changed;
            inWord = upperCase || lowerCase || NumberText.isDigit(next);
        }
        result.length = text.length;
    }

    private static String initialCapitals(String text) {
        StringBuilder capitals = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int next = text.codePointAt(i);
            capitals.appendCodePoint(inWord ? Character.toLowerCase(next) : Character.toTitleCase(next));
            inWord = Character.isLetterOrDigit(next);
            i += Character.charCount(next);
        }
        return capitals.toString();
    }

    /** From a position to the end. */
    public static void substring(Slice text, long start, Slice result) {
        int end = text.start + text.length;
        int from = Utf8.offset(text.data, text.start, end, start - 1);
        result.setWithin(text, from, end - from);
    }

    /** So many characters from a position on; those outside the text are empty but counted. */
    public static void substring(Slice text, long start, long length, Slice result) {
        if (length < 0) {
            throw negativeLength(length);
        }
        int end = text.start + text.length;
        long first = Math.max(start, 1);
        long last = start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
        int from = Utf8.offset(text.data, text.start, end, first - 1);
        int to = Utf8.offset(text.data, from, end, last - first);
        result.setWithin(text, from, to - from);
    }

    public static void binarySubstring(Slice binary, long start, Slice result) {
        int from = (int) Math.min(Math.max(start, 1) - 1, binary.length);
        result.setWithin(binary, binary.start + from, binary.length - from);
    }

    public static void binarySubstring(Slice binary, long start, long length, Slice result) {
        if (length < 0) {
            throw negativeLength(length);
        }
        long last = start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
        int from = (int) Math.min(Math.max(start, 1) - 1, binary.length);
        int to = (int) Math.max(from, Math.min(last - 1, binary.length));
        result.setWithin(binary, binary.start + from, to - from);
    }

    private static RuntimeException negativeLength(long length) {
        return EvaluationErrors.argument("length " + length + " of a part of a text is negative");
    }

    public static void trimLeading(Slice text, Slice characters, Slice result) {
        int start = leadingEnd(text, characters);
        result.setWithin(text, start, text.start + text.length - start);
    }

    public static void trimTrailing(Slice text, Slice characters, Slice result) {
        result.setWithin(text, text.start, trailingStart(text, text.start, characters) - text.start);
    }

    public static void trimBoth(Slice text, Slice characters, Slice result) {
        int start = leadingEnd(text, characters);
        result.setWithin(text, start, trailingStart(text, start, characters) - start);
    }

    private static int leadingEnd(Slice text, Slice characters) {
        int at = text.start;
        int end = text.start + text.length;
        while (at < end) {
            int length = Utf8.length(text.data[at]);
            if (!hasCharacter(characters, text.data, at, length)) {
                break;
            }
            at += length;
        }
        return at;
    }

    private static int trailingStart(Slice text, int start, Slice characters) {
        int end = text.start + text.length;
        while (end > start) {
            int last = end - 1;
            while (text.data[last] < -64) {
                last--;
            }
            if (!hasCharacter(characters, text.data, last, end - last)) {
                break;
            }
            end = last;
        }
        return end;
    }

    private static boolean hasCharacter(Slice characters, byte[] data, int start, int length) {
        int end = characters.start + characters.length;
        for (int at = characters.start; at < end; at += Utf8.length(characters.data[at])) {
            if (characters.data[at] == data[start]
                    && Arrays.equals(characters.data, at, Math.min(end, at + length), data, start, start + length)) {
                return true;
            }
        }
        return false;
    }

    public static void replace(Slice text, Slice search, Slice replacement, Slice result) {
        int end = text.start + text.length;
        int found = TextSearch.indexOf(text.data, text.start, end, search);
        if (search.length == 0 || found < 0) {
            result.setWithin(text, text.start, text.length);
            return;
        }
        int count = 0;
        for (int at = found; at >= 0; at = TextSearch.indexOf(text.data, at + search.length, end, search)) {
            count++;
        }
        byte[] bytes = result.reserve(text.length + (long) count * (replacement.length - search.length));
        int written = 0;
        int from = text.start;
        for (int at = found; at >= 0; at = TextSearch.indexOf(text.data, from, end, search)) {
            System.arraycopy(text.data, from, bytes, written, at - from);
            written += at - from;
            System.arraycopy(replacement.data, replacement.start, bytes, written, replacement.length);
            written += replacement.length;
            from = at + search.length;
        }
        System.arraycopy(text.data, from, bytes, written, end - from);
        result.length = written + end - from;
    }

    public static void overlay(Slice text, Slice replacement, long start, Slice result) {
        overlay(text, replacement, start, TextSearch.characterLength(replacement), result);
    }

    public static void overlay(Slice text, Slice replacement, long start, long length, Slice result) {
        if (start < 1) {
            throw EvaluationErrors.argument("position " + start + " to replace a part of a text is below 1");
        }
        if (length < 0) {
            throw negativeLength(length);
        }
        int end = text.start + text.length;
        int from = Utf8.offset(text.data, text.start, end, start - 1);
        int to = Utf8.offset(text.data, from, end, length);
        byte[] bytes = result.reserve((long) text.length - (to - from) + replacement.length);
        int head = from - text.start;
        System.arraycopy(text.data, text.start, bytes, 0, head);
        System.arraycopy(replacement.data, replacement.start, bytes, head, replacement.length);
        System.arraycopy(text.data, to, bytes, head + replacement.length, end - to);
        result.length = head + replacement.length + end - to;
    }

    /** The first characters; none if the number is not positive. */
    public static void left(Slice text, long count, Slice result) {
        result.setWithin(
                text, text.start, Utf8.offset(text.data, text.start, text.start + text.length, count) - text.start);
    }

    /** The last characters; none if the number is not positive. */
    public static void right(Slice text, long count, Slice result) {
        int end = text.start + text.length;
        long skipped = TextSearch.characterLength(text) - Math.max(0, count);
        int from = Utf8.offset(text.data, text.start, end, skipped);
        result.setWithin(text, from, end - from);
    }

    public static void reverse(Slice text, Slice result) {
        byte[] bytes = result.reserve(text.length);
        int end = text.start + text.length;
        int to = text.length;
        for (int at = text.start; at < end; ) {
            int length = Math.min(Utf8.length(text.data[at]), end - at);
            to -= length;
            System.arraycopy(text.data, at, bytes, to, length);
            at += length;
        }
        result.length = text.length;
    }

    public static void repeat(Slice text, long count, Slice result) {
        if (count <= 0 || text.length == 0) {
            result.setEmpty();
            return;
        }
        if (count > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(count);
        }
        byte[] bytes = result.reserve(text.length * count);
        for (int i = 0; i < count; i++) {
            System.arraycopy(text.data, text.start, bytes, i * text.length, text.length);
        }
        result.length = (int) (text.length * count);
    }

    /** Fills up to a number of characters on the left; a longer text is cut. */
    public static void padLeft(Slice text, long length, Slice padding, Slice result) {
        long missing = length - TextSearch.characterLength(text);
        if (missing <= 0 || padding.length == 0) {
            left(text, length, result);
            return;
        }
        int paddingLength = reservePadding(text, missing, padding, result);
        writePadding(padding, paddingLength, result.data, 0);
        System.arraycopy(text.data, text.start, result.data, paddingLength, text.length);
        result.length = paddingLength + text.length;
    }

    /** Fills up to a number of characters on the right; a longer text is cut. */
    public static void padRight(Slice text, long length, Slice padding, Slice result) {
        long missing = length - TextSearch.characterLength(text);
        if (missing <= 0 || padding.length == 0) {
            left(text, length, result);
            return;
        }
        int paddingLength = reservePadding(text, missing, padding, result);
        System.arraycopy(text.data, text.start, result.data, 0, text.length);
        writePadding(padding, paddingLength, result.data, text.length);
        result.length = paddingLength + text.length;
    }

    /** Reserves the whole result and returns how many bytes of it so many characters of padding take. */
    private static int reservePadding(Slice text, long missing, Slice padding, Slice result) {
        int characters = TextSearch.characterLength(padding);
        long whole = missing / characters;
        if (whole > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(missing);
        }
        int paddingEnd = padding.start + padding.length;
        int partEnd = Utf8.offset(padding.data, padding.start, paddingEnd, missing % characters);
        long length = whole * padding.length + partEnd - padding.start;
        result.reserve(length + text.length);
        return (int) length;
    }

    private static void writePadding(Slice padding, int length, byte[] bytes, int start) {
        for (int written = 0; written < length; written += padding.length) {
            int part = Math.min(padding.length, length - written);
            System.arraycopy(padding.data, padding.start, bytes, start + written, part);
        }
    }

    /** The text of one code point. */
    public static void character(long codePoint, Slice result) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw EvaluationErrors.argument("there is no character with code " + codePoint);
        }
        result.length = Utf8.write((int) codePoint, result.reserve(4), 0);
    }

    /** The part of this number from 1, or from the end if negative; empty if there is none. */
    public static void splitPart(Slice text, Slice separator, long number, Slice result) {
        if (number == 0) {
            throw EvaluationErrors.argument("the number of a part of a text is 0; parts count from 1");
        }
        long index = number - 1;
        if (number < 0) {
            index = number + TextSearch.count(text, separator) + 1;
        }
        if (index < 0 || !part(text, separator, index, result)) {
            result.setEmpty();
        }
    }

    /** The part of this index from 0; false if there is none. An empty text has no parts. */
    public static boolean splitIndex(Slice text, Slice separator, long index, Slice result) {
        return index >= 0 && text.length > 0 && part(text, separator, index, result);
    }

    /** What is before so many separators, or behind so many counted from the end; the whole text if there are not as many. */
    public static void substringIndex(Slice text, Slice separator, long count, Slice result) {
        if (count == 0 || separator.length == 0) {
            result.setEmpty();
            return;
        }
        long separators = TextSearch.count(text, separator);
        long kept = count > 0 ? count : separators + count + 1;
        int end = text.start + text.length;
        if (kept <= 0 || kept > separators) {
            result.setWithin(text, text.start, text.length);
            return;
        }
        int from = text.start;
        int at = from;
        for (long i = 0; i < kept; i++) {
            at = TextSearch.indexOf(text.data, from, end, separator);
            from = at + separator.length;
        }
        if (count > 0) {
            result.setWithin(text, text.start, at - text.start);
        } else {
            result.setWithin(text, from, end - from);
        }
    }

    private static boolean part(Slice text, Slice separator, long index, Slice result) {
        int end = text.start + text.length;
        int from = text.start;
        if (separator.length == 0) {
            result.setWithin(text, from, text.length);
            return index == 0;
        }
        for (long skipped = 0; skipped < index; skipped++) {
            int at = TextSearch.indexOf(text.data, from, end, separator);
            if (at < 0) {
                return false;
            }
            from = at + separator.length;
        }
        int to = TextSearch.indexOf(text.data, from, end, separator);
        result.setWithin(text, from, (to < 0 ? end : to) - from);
        return true;
    }

    /** Two upper-case digits for each byte. */
    public static void hexadecimal(Slice value, Slice result) {
        byte[] bytes = result.reserve(2L * value.length);
        for (int i = 0; i < value.length; i++) {
            int next = value.data[value.start + i];
            bytes[2 * i] = HEXADECIMAL_DIGITS[next >> 4 & 15];
            bytes[2 * i + 1] = HEXADECIMAL_DIGITS[next & 15];
        }
        result.length = 2 * value.length;
    }

    static boolean isSpace(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** Whether bytes are an ASCII word in any case; the word is in lower case. */
    static boolean equalsIgnoreCase(byte[] data, int start, int end, String word) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((data[start + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
