package io.thalweg.model.nested;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;

/**
 * The bytes of a value of type ARRAY, MAP or ROW. They tell their own end, equal values have equal bytes, and unsigned
 * comparison of the bytes is the order of the values. So keys, sets, sorting and bounds of blocks need to know nothing
 * of what is inside.
 *
 * <pre>
 * array  = { marked element } END
 * map    = { VALUE key, marked value } END      by the bytes of the keys, each key once
 * row    = marked field for each field
 * marked = VALUE value | NULL
 * value  = by the kind of its type
 *          INT         4 bytes, the highest first, the sign bit turned over
 *          LONG        8 bytes likewise
 *          DOUBLE      8 bytes: the bits, all turned over below zero, only the sign above; -0.0 as 0.0, one NaN
 *          DECIMAL128  16 bytes like LONG
 *          BYTES       the bytes, each 00 as 01 01 and each 01 as 01 02, then 00; ARRAY, MAP and ROW as above
 * END = 00, VALUE = 01, NULL = 02
 * </pre>
 *
 * Arrays and rows are compared element by element; NULL is above all values, and what is longer is above its beginning.
 * A text without the control characters 00 and 01 is there as it is, so reading it copies nothing.
 */
public final class NestedFormat {
    /** Ends an array and a map. */
    public static final byte END = 0;
    /** Stands before a value. */
    public static final byte VALUE = 1;
    /** Stands for NULL. */
    public static final byte NULL = 2;
    /** Stands in a text before 00 and 01, to each of which 1 is added. */
    static final byte ESCAPE = 1;

    private NestedFormat() {}

    /** The index behind the marked value at an index. */
    public static int behindMarked(SqlType type, byte[] data, int index) {
        return data[index] == VALUE ? behind(type, data, index + 1) : index + 1;
    }

    /** The index behind the value, which is not NULL, at an index. */
    public static int behind(SqlType type, byte[] data, int index) {
        return switch (type.kind()) {
            case INT -> index + Integer.BYTES;
            case LONG, DOUBLE -> index + Long.BYTES;
            case DECIMAL128 -> index + 2 * Long.BYTES;
            case BYTES -> behindBytes(type, data, index);
        };
    }

    private static int behindBytes(SqlType type, byte[] data, int index) {
        int at = index;
        switch (type.name()) {
            case ARRAY -> {
                while (data[at] != END) {
                    at = behindMarked(type.component(0), data, at);
                }
                return at + 1;
            }
            case MAP -> {
                while (data[at] != END) {
                    at = behindMarked(type.component(0), data, at);
                    at = behindMarked(type.component(1), data, at);
                }
                return at + 1;
            }
            case ROW -> {
                for (Field field : type.components()) {
                    at = behindMarked(field.type(), data, at);
                }
                return at;
            }
            default -> {
                return endOfText(data, at) + 1;
            }
        }
    }

    /** The index of the 00 that ends the text that begins at an index. */
    static int endOfText(byte[] data, int index) {
        int at = index;
        while (data[at] != 0) {
            at++;
        }
        return at;
    }
}
