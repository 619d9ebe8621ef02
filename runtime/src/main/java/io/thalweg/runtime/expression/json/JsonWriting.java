package io.thalweg.runtime.expression.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;

/** Makes JSON of texts. */
public final class JsonWriting {
    private static final byte[] HEXADECIMAL = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int LONGEST_ESCAPE = 6;

    private JsonWriting() {}

    /** Sets the result to a text between quotes, with what JSON does not take as it is escaped. */
    public static void quote(Slice text, Slice result) {
        int escapes = 0;
        int end = text.start + text.length;
        for (int i = text.start; i < end; i++) {
            escapes += isPlain(text.data[i]) ? 0 : 1;
        }
        byte[] out = result.reserve(2L + text.length + (LONGEST_ESCAPE - 1L) * escapes);
        int at = 0;
        out[at++] = '"';
        for (int i = text.start; i < end; i++) {
            byte next = text.data[i];
            if (isPlain(next)) {
                out[at++] = next;
            } else {
                at = escape(next, out, at);
            }
        }
        out[at++] = '"';
        result.length = at;
    }

    private static boolean isPlain(byte next) {
        return (next >= ' ' || next < 0) && next != '"' && next != '\\';
    }

    private static int escape(byte next, byte[] out, int start) {
        int at = start;
        out[at++] = '\\';
        switch (next) {
            case '"', '\\' -> out[at++] = next;
            case '\n' -> out[at++] = 'n';
            case '\r' -> out[at++] = 'r';
            case '\t' -> out[at++] = 't';
            case '\b' -> out[at++] = 'b';
            case '\f' -> out[at++] = 'f';
            default -> {
                out[at++] = 'u';
                out[at++] = '0';
                out[at++] = '0';
                out[at++] = HEXADECIMAL[next >> 4];
                out[at++] = HEXADECIMAL[next & 15];
            }
        }
        return at;
    }

    /** Sets the result to the same JSON without spaces. */
    public static void check(Slice text, Slice result) {
        JsonText json = new JsonText(text.data, text.start + text.length);
        if (json.end(text.start) < 0) {
            throw new ThalwegException(ErrorCode.ARGUMENT_OUT_OF_RANGE, "a text with FORMAT JSON is not JSON");
        }
        byte[] out = result.reserve(text.length);
        result.length = json.compact(text.start, text.start + text.length, out, 0);
    }
}
