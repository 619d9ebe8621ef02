package io.thalweg.runtime.expression.json;

import io.thalweg.model.nested.NestedValues;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.model.type.ValueText;
import io.thalweg.runtime.expression.function.Slice;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, maps and rows of one type as JSON: an array, and objects for the other two. What JSON has no form for is a string
 * of the text that a cast makes of it. One owner thread.
 */
public final class JsonOfNested {
    private final SqlType type;
    private final Slice text = new Slice();
    private final Slice quoted = new Slice();

    public JsonOfNested(SqlType type) {
        this.type = type;
    }

    /** Sets the result to the JSON of a value. */
    public void write(Slice value, Slice result) {
        StringBuilder json = new StringBuilder();
        append(type, NestedValues.decode(type, value.data, value.start), json);
        result.setText(json.toString());
    }

    private void append(SqlType valueType, @Nullable Object value, StringBuilder json) {
        if (value == null) {
            json.append("null");
        } else if (value instanceof Map<?, ?> map) {
            json.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(separator);
                appendName(valueType.component(0), entry.getKey(), json);
                append(valueType.component(1), entry.getValue(), json.append(':'));
                separator = ",";
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            appendList(valueType, list, json);
        } else {
            appendScalar(valueType, value, json);
        }
    }

    /** A key as the name of a member, which is a string whatever the key is. */
    private void appendName(SqlType keyType, @Nullable Object key, StringBuilder json) {
        StringBuilder name = new StringBuilder();
        append(keyType, key, name);
        if (name.length() > 0 && name.charAt(0) == '"') {
            json.append(name);
        } else {
            appendQuoted(name.toString(), json);
        }
    }

    private void appendList(SqlType listType, List<?> list, StringBuilder json) {
        boolean row = listType.name() == TypeName.ROW;
        json.append(row ? '{' : '[');
        for (int i = 0; i < list.size(); i++) {
            json.append(i == 0 ? "" : ",");
            if (row) {
                appendQuoted(listType.components().get(i).name(), json);
                json.append(':');
            }
            append(listType.component(row ? i : 0), list.get(i), json);
        }
        json.append(row ? '}' : ']');
    }

    private void appendScalar(SqlType scalar, Object value, StringBuilder json) {
        switch (scalar.name()) {
            case BOOLEAN -> json.append(value.equals(1));
            case TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE -> json.append(value);
            case REAL -> json.append(((Double) value).floatValue());
            case DECIMAL ->
                json.append(
                        value instanceof Int128 wide
                                ? ValueText.decimal(wide.toBigInteger(), scalar.scale())
                                : ValueText.decimal((Long) value, scalar.scale()));
            case DATE -> appendQuoted(ValueText.date((Integer) value), json);
            case TIME -> appendQuoted(ValueText.time((Long) value, scalar.precision()), json);
            case TIMESTAMP -> appendQuoted(ValueText.timestamp((Long) value, scalar.precision()), json);
            case TIMESTAMP_LTZ -> appendQuoted(ValueText.timestamp((Long) value, scalar.precision()) + "Z", json);
            case VARBINARY -> appendQuoted(HexFormat.of().formatHex((byte[]) value), json);
            default -> appendQuoted(value.toString(), json);
        }
    }

    private void appendQuoted(String value, StringBuilder json) {
        text.setText(value);
        JsonWriting.quote(text, quoted);
        json.append(quoted.text());
    }
}
