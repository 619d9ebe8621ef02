package io.thalweg.server.format;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;

/** Text from UTF-16 to UTF-8, without a String between them. */
final class Utf16 {
    private Utf16() {}

    /** Sets a slice to the UTF-8 of some characters; throws CHARACTER_ENCODING if a surrogate has no partner. */
    static void toSlice(char[] characters, int start, int length, Slice result) {
        byte[] bytes = result.reserve(length * 3L);
        int at = 0;
        int end = start + length;
        int i = start;
        while (i < end && characters[i] < 0x80) {
            bytes[at++] = (byte) characters[i++];
        }
        while (i < end) {
            char character = characters[i++];
            if (character < 0x80) {
                bytes[at++] = (byte) character;
            } else if (character < 0x800) {
                bytes[at++] = (byte) (0xC0 | character >> 6);
                bytes[at++] = (byte) (0x80 | character & 0x3F);
            } else if (!Character.isSurrogate(character)) {
                bytes[at++] = (byte) (0xE0 | character >> 12);
                bytes[at++] = (byte) (0x80 | character >> 6 & 0x3F);
                bytes[at++] = (byte) (0x80 | character & 0x3F);
            } else {
                if (i == end || !Character.isSurrogatePair(character, characters[i])) {
                    throw new ThalwegException(
                            ErrorCode.CHARACTER_ENCODING, "half of a surrogate pair is no character");
                }
                int point = Character.toCodePoint(character, characters[i++]);
                bytes[at++] = (byte) (0xF0 | point >> 18);
                bytes[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[at++] = (byte) (0x80 | point & 0x3F);
            }
        }
        result.length = at;
    }
}
