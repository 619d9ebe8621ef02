package io.thalweg.model.nested;

import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.model.type.ValueText;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nested values as people read them: {@code [1, NULL]}, {@code {a=1, b=2}} and {@code (1, x)}. A text is put between
 * single quotes, a quote in it doubled, where it would be mistaken for something else: if it is empty or NULL, or has a space
 * or one of {@code ,=[](){}'"} in it.
 */
public final class NestedText {
    private static final String SPECIAL = " ,=[](){}'\"\t\n\r";

    private NestedText() {}

    /** The text of an ARRAY, MAP or ROW whose bytes begin at an index. */
    public static String format(SqlType type, byte[] data, int start) {
        StringBuilder text = new StringBuilder();
        append(type, NestedValues.decode(type, data, start), text);
        return text.toString();
    }

    private static void append(SqlType type, @Nullable Object value, StringBuilder text) {
        if (value == null) {
            text.append("NULL");
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator);
                append(type.component(0), entry.getKey(), text);
                text.append('=');
                append(type.component(1), entry.getValue(), text);
                separator = ", ";
            }
            text.append('}');
        } else if (value instanceof List<?> list) {
            appendList(type, list, text);
        } else if (value instanceof String string) {
            appendQuoted(string, text);
        } else {
            text.append(scalar(type, value));
        }
    }

    private static void appendList(SqlType type, List<?> list, StringBuilder text) {
        boolean row = type.name() == TypeName.ROW;
        text.append(row ? '(' : '[');
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            append(type.component(row ? i : 0), list.get(i), text);
        }
        text.append(row ? ')' : ']');
    }

    private static void appendQuoted(String value, StringBuilder text) {
        boolean plain = !value.isEmpty()
                && !value.toUpperCase(Locale.ROOT).equals("NULL")
                && value.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        text.append(plain ? value : "'" + value.replace("'", "''") + "'");
    }

    private static String scalar(SqlType type, Object value) {
        return switch (type.name()) {
            case BOOLEAN -> value.equals(1) ? "true" : "false";
            case DATE -> ValueText.date((Integer) value);
            case TIME -> ValueText.time((Long) value, type.precision());
            case TIMESTAMP -> ValueText.timestamp((Long) value, type.precision());
            case TIMESTAMP_LTZ -> ValueText.timestamp((Long) value, type.precision()) + "Z";
            case REAL -> Float.toString(((Double) value).floatValue());
            case DECIMAL ->
                value instanceof Int128 wide
                        ? ValueText.decimal(wide.toBigInteger(), type.scale())
                        : ValueText.decimal((Long) value, type.scale());
            case VARBINARY -> HexFormat.of().formatHex((byte[]) value);
            default -> value.toString();
        };
    }
}
