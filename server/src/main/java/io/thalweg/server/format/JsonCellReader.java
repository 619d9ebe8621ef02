package io.thalweg.server.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.function.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Appends JSON values to a column of one type. Scalars are read from strings too, as CAST reads them; a text column takes
 * any value, objects and arrays as their JSON. One owner thread.
 */
final class JsonCellReader {
    static final JsonFactory FACTORY = new JsonFactory();

    private final SqlType type;
    private final CellParser scalar;
    private final JsonCellReader[] components;
    private final Slice text = new Slice();

    JsonCellReader(SqlType type) {
        this.type = type;
        this.scalar = new CellParser(type);
        this.components = new JsonCellReader[type.components().size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = new JsonCellReader(type.component(i));
        }
    }

    /** Appends the value at whose first token the parser stands, and leaves it at its last. */
    void append(JsonParser json, ColumnBuilder column) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            column.appendNull();
            return;
        }
        switch (type.name()) {
            case ARRAY -> appendArray(json, column);
            case MAP -> appendMap(json, column);
            case ROW -> appendRow(json, column);
            case CHAR, VARCHAR -> {
                if (token.isStructStart()) {
                    appendJsonText(json, column);
                } else {
                    appendScalar(json, column);
                }
            }
            case BIGINT -> {
                if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    column.appendLong(json.getLongValue());
                } else {
                    appendScalar(json, column);
                }
            }
            case INTEGER -> {
                if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT) {
                    column.appendInt(json.getIntValue());
                } else {
                    appendScalar(json, column);
                }
            }
            default -> appendScalar(json, column);
        }
    }

    private void appendScalar(JsonParser json, ColumnBuilder column) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw mismatch(token);
        }
        Utf16.toSlice(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), text);
        scalar.append(text, column);
    }

    private ThalwegException mismatch(@Nullable JsonToken token) {
        String found = token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "an array" : "a scalar";
        return new ThalwegException(ErrorCode.CAST_FAILURE, found + " is no " + type.sqlText());
    }

    private void appendJsonText(JsonParser json, ColumnBuilder column) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            generator.copyCurrentStructure(json);
        }
        byte[] value = bytes.toByteArray();
        text.set(value, 0, value.length);
        scalar.append(text, column);
    }

    private void expect(JsonParser json, JsonToken expected) {
        if (json.currentToken() != expected) {
            throw mismatch(json.currentToken());
        }
    }

    private void appendArray(JsonParser json, ColumnBuilder column) throws IOException {
        expect(json, JsonToken.START_ARRAY);
        DeltaBatchBuilder elements = new DeltaBatchBuilder(NestedCells.rowType(type));
        while (json.nextToken() != JsonToken.END_ARRAY) {
            requireMore(json);
            components[0].append(json, elements.column(0));
            elements.endRow();
        }
        appendNested(elements, column);
    }

    private void appendMap(JsonParser json, ColumnBuilder column) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        DeltaBatchBuilder entries = new DeltaBatchBuilder(NestedCells.rowType(type));
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            components[0].text.setText(key);
            if (type.component(0).name().isNested()) {
                throw new ThalwegException(
                        ErrorCode.CAST_FAILURE,
                        "a JSON key is no " + type.component(0).sqlText());
            }
            components[0].scalar.append(components[0].text, entries.column(0));
            json.nextToken();
            components[1].append(json, entries.column(1));
            entries.endRow();
        }
        requireMore(json);
        appendNested(entries, column);
    }

    private void appendRow(JsonParser json, ColumnBuilder column) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        RowType fields = NestedCells.rowType(type);
        DeltaBatchBuilder row = new DeltaBatchBuilder(fields);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            int field = new RowSchema(fields, "row").find(key);
            if (field < 0) {
                json.skipChildren();
            } else if (row.column(field).rowCount() > 0) {
                throw new ThalwegException(ErrorCode.CAST_FAILURE, "field " + key + " is there twice");
            } else {
                components[field].append(json, row.column(field));
            }
        }
        requireMore(json);
        for (int i = 0; i < fields.size(); i++) {
            if (row.column(i).rowCount() == 0) {
                row.column(i).appendNull();
            }
        }
        row.endRow();
        appendNested(row, column);
    }

    private static void requireMore(JsonParser json) {
        if (json.currentToken() == null) {
            throw new ThalwegException(ErrorCode.CAST_FAILURE, "the JSON does not end");
        }
    }

    private void appendNested(DeltaBatchBuilder parts, ColumnBuilder column) {
        byte[] value = NestedCells.value(type, parts.build());
        column.appendBytes(value, 0, value.length);
    }

    /** Whether this reads a value that is made of others. */
    boolean isNested() {
        return type.name().isNested();
    }
}
