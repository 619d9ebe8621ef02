package io.thalweg.runtime.expression.function;

/** Characters of texts in UTF-8. Positions and counts are in code points; all methods but the check trust the bytes. */
final class Utf8 {
    private Utf8() {}

    /** How many code points there are. */
    static int count(byte[] data, int start, int end) {
        int continuations = 0;
        for (int at = start; at < end; at++) {
            // A continuation byte is 10xxxxxx, as a signed byte below -64.
            continuations += data[at] < -64 ? 1 : 0;
        }
        return end - start - continuations;
    }

    static boolean isAscii(byte[] data, int start, int end) {
        int all = 0;
        for (int at = start; at < end; at++) {
            all |= data[at];
        }
        return all >= 0;
    }

    /** Where the character begins that so many others precede; the end if there are not as many. */
    static int offset(byte[] data, int start, int end, long characters) {
        if (characters <= 0) {
            return start;
        }
        int at = start;
        long left = characters;
        while (at < end) {
            if (data[at] >= -64 && left-- == 0) {
                return at;
            }
            at++;
        }
        return end;
    }

    /** How many bytes the character has that begins with this byte. */
    static int length(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        if (lead < -32) {
            return 2;
        }
        return lead < -16 ? 3 : 4;
    }

    /** The code point that begins here. */
    static int codePoint(byte[] data, int at) {
        int lead = data[at];
        return switch (length(data[at])) {
            case 1 -> lead;
            case 2 -> (lead & 0x1F) << 6 | data[at + 1] & 0x3F;
            case 3 -> (lead & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | data[at + 2] & 0x3F;
            default ->
                (lead & 0x07) << 18 | (data[at + 1] & 0x3F) << 12 | (data[at + 2] & 0x3F) << 6 | data[at + 3] & 0x3F;
        };
    }

    /** Writes a code point and returns where it ends. */
    static int write(int codePoint, byte[] data, int at) {
        if (codePoint < 0x80) {
            data[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            data[at] = (byte) (0xC0 | codePoint >> 6);
            data[at + 1] = (byte) (0x80 | codePoint & 0x3F);
            return at + 2;
        }
        if (codePoint < 0x10000) {
            data[at] = (byte) (0xE0 | codePoint >> 12);
            data[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            data[at + 2] = (byte) (0x80 | codePoint & 0x3F);
            return at + 3;
        }
        data[at] = (byte) (0xF0 | codePoint >> 18);
        data[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        data[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        data[at + 3] = (byte) (0x80 | codePoint & 0x3F);
        return at + 4;
    }

    /** Whether the bytes are UTF-8: no overlong form, no surrogate, nothing cut off. */
    static boolean isValid(byte[] data, int start, int end) {
        int at = start;
        while (at < end) {
            byte lead = data[at];
            if (lead >= 0) {
                at++;
                continue;
            }
            int length = length(lead);
            if (lead < -62 || lead > -12 || end - at < length) {
                return false;
            }
            for (int i = 1; i < length; i++) {
                if (data[at + i] >= -64) {
                    return false;
                }
            }
            int codePoint = codePoint(data, at);
            boolean overlong = codePoint < (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
            if (overlong || codePoint > Character.MAX_CODE_POINT || (codePoint >= 0xD800 && codePoint < 0xE000)) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
