package io.thalweg.runtime.expression.function;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;

/** Functions that write bytes as text and read them again. */
public final class EncodingFunctions {
    private EncodingFunctions() {}

    public static void toBase64(Slice value, Slice result) {
        byte[] encoded = Base64.getEncoder().encode(value.bytes());
        result.set(encoded, 0, encoded.length);
    }

    public static void fromBase64(Slice text, Slice result) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text.bytes());
            result.set(decoded, 0, decoded.length);
        } catch (IllegalArgumentException e) {
            throw EvaluationErrors.argument(EvaluationErrors.quoted(text.text()) + " is not in base 64");
        }
    }

    public static void urlEncode(Slice text, Slice result) {
        result.setText(URLEncoder.encode(text.text(), StandardCharsets.UTF_8));
    }

    public static void urlDecode(Slice text, Slice result) {
        try {
            result.setText(URLDecoder.decode(text.text(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw EvaluationErrors.argument(
                    EvaluationErrors.quoted(text.text()) + " has a % without two hexadecimal digits");
        }
    }

    public static void unhex(Slice text, Slice result) {
        if ((text.length & 1) != 0) {
            throw notHexadecimal(text);
        }
        byte[] bytes = result.reserve(text.length / 2);
        for (int i = 0; i < text.length / 2; i++) {
            int high = Character.digit(text.data[text.start + 2 * i], 16);
            int low = Character.digit(text.data[text.start + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                throw notHexadecimal(text);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        result.length = text.length / 2;
    }

    private static RuntimeException notHexadecimal(Slice text) {
        return EvaluationErrors.argument(EvaluationErrors.quoted(text.text()) + " is not hexadecimal");
    }

    /** The bytes of a text. */
    public static void encodeUtf8(Slice text, Slice result) {
        result.setWithin(text, text.start, text.length);
    }

    /** The text of bytes, which are to be UTF-8. */
    public static void decodeUtf8(Slice bytes, Slice result) {
        if (!Utf8.isValid(bytes.data, bytes.start, bytes.start + bytes.length)) {
            throw EvaluationErrors.argument("the bytes are not a text in UTF-8");
        }
        result.setWithin(bytes, bytes.start, bytes.length);
    }

    /** A text in a Unicode normal form. */
    public static void normalize(Slice text, Normalizer.Form form, Slice result) {
        boolean isPlain = true;
        for (int i = 0; i < text.length && isPlain; i++) {
            isPlain = text.data[text.start + i] >= 0;
        }
        if (isPlain) {
            result.setWithin(text, text.start, text.length);
        } else {
            result.setText(Normalizer.normalize(text.text(), form));
        }
    }

    public static long crc32(Slice value) {
        CRC32 checksum = new CRC32();
        checksum.update(value.data, value.start, value.length);
        return checksum.getValue();
    }

    /** Each character that is in one list becomes the one at the same place of the other, or goes if there is none. */
    public static void translate(Slice text, Slice from, Slice to, Slice result) {
        int[] search = from.text().codePoints().toArray();
        int[] replacement = to.text().codePoints().toArray();
        byte[] bytes = result.reserve(4L * text.length);
        int end = text.start + text.length;
        int written = 0;
        for (int at = text.start; at < end; at += Utf8.length(text.data[at])) {
            int character = Utf8.codePoint(text.data, at);
            int place = indexOf(search, character);
            if (place < 0) {
                written = Utf8.write(character, bytes, written);
            } else if (place < replacement.length) {
                written = Utf8.write(replacement[place], bytes, written);
            }
        }
        result.length = written;
    }

    private static int indexOf(int[] characters, int wanted) {
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** A letter and three digits; empty without an ASCII letter. Of letters of one code side by side, one counts. */
    public static void soundex(Slice text, Slice result) {
        byte[] code = result.reserve(4);
        int written = 0;
        int last = 0;
        for (int i = 0; i < text.length && written < 4; i++) {
            int letter = text.data[text.start + i] & ~0x20;
            if (letter < 'A' || letter > 'Z') {
                continue;
            }
            int digit = "01230120022455012623010202".charAt(letter - 'A');
            if (written == 0) {
                code[written++] = (byte) letter;
            } else if (digit != '0' && digit != last) {
                code[written++] = (byte) digit;
            }
            // H and W do not part letters of one code; vowels do.
            last = letter == 'H' || letter == 'W' ? last : digit;
        }
        if (written == 0) {
            result.setEmpty();
            return;
        }
        Arrays.fill(code, written, 4, (byte) '0');
        result.length = 4;
    }

    /** How many characters have to be changed, inserted or left out to make one text of the other. */
    public static int levenshtein(Slice left, Slice right) {
        if ((long) left.length * right.length > 100_000_000L) {
            throw EvaluationErrors.argument("the texts are too long for a distance");
        }
        int[] one = left.text().codePoints().toArray();
        int[] other = right.text().codePoints().toArray();
        int[] row = new int[other.length + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length];
    }
}
