package io.thalweg.server.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects, one to a record: keys are the names of columns, those that are none are passed over, and a column
 * without a key is NULL. One parser goes on from record to record, so that nothing is allocated for a row.
 */
public final class JsonRowDecoder implements RowDecoder {
    private final RowSchema schema;
    private final Map<String, Integer> columns;
    private final JsonCellReader[] cells;
    private final boolean[] filled;
    /** What the keys of the last record were, in their order: the next one has mostly the same. */
    private final String[] lastKeys;

    private final int[] lastColumns;
    private final SliceInput input = new SliceInput();
    private @Nullable JsonParser parser;
    /** How many bytes the parser had been given when the record began. */
    private long base;

    public JsonRowDecoder(RowSchema schema) {
        this.schema = schema;
        this.columns = schema.byName();
        int size = schema.type().size();
        this.cells = new JsonCellReader[size];
        for (int i = 0; i < size; i++) {
            cells[i] = new JsonCellReader(schema.type().type(i));
        }
        this.filled = new boolean[size];
        this.lastKeys = new String[size];
        this.lastColumns = new int[size];
    }

    @Override
    public void decode(byte[] data, int start, int length, DeltaBatchBuilder rows) {
        JsonParser json = parser;
        input.feed(data, start, length);
        base = input.served();
        Arrays.fill(filled, false);
        boolean decoded = false;
        try {
            if (json == null) {
                // A new parser counts from here.
                input.begin();
                base = 0;
                json = JsonCellReader.FACTORY.createParser(input);
                parser = json;
            }
            decodeRow(json, rows);
            requireNothingBehind(json, data, start, length);
            decoded = true;
        } catch (JsonProcessingException e) {
            throw malformed(e, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!decoded) {
                // Where the parser stands is not known, so the next record has another one.
                parser = null;
                rows.undoRow();
            }
        }
        rows.endRow();
    }

    private UndecodableRow malformed(JsonProcessingException failure, int length) {
        long at = failure.getLocation() == null ? 0 : failure.getLocation().getByteOffset() - base;
        return new UndecodableRow(
                ErrorCode.CAST_FAILURE, "this is no JSON: " + words(failure), (int) Math.max(0, Math.min(length, at)));
    }

    private static String words(JsonProcessingException failure) {
        if (failure instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (failure instanceof StreamConstraintsException) {
            return "it is nested too deep, or a name or a number in it is too long";
        }
        String line =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("it cannot be read");
        return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    }

    private void decodeRow(JsonParser json, DeltaBatchBuilder rows) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UndecodableRow(ErrorCode.CAST_FAILURE, "a row is a JSON object, and this is none", 0);
        }
        int place = 0;
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            int column = column(key, place++);
            json.nextToken();
            if (column < 0) {
                json.skipChildren();
            } else {
                decodeCell(json, column, rows);
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new UndecodableRow(ErrorCode.CAST_FAILURE, "this is no JSON: it ends too early", offset(json));
        }
        for (int i = 0; i < filled.length; i++) {
            if (!filled[i]) {
                if (!schema.takesNull(i)) {
                    throw schema.nullRefused(i, 0);
                }
                rows.column(i).appendNull();
            }
        }
    }

    private int offset(JsonParser json) {
        return (int) Math.max(0, json.currentTokenLocation().getByteOffset() - base);
    }

    /** The column of a key, which is mostly that of the key in this place of the last record. */
    @SuppressWarnings("ReferenceEquality") // Keys are kept by the parser: the same text is the same object.
    private int column(String key, int place) {
        if (place < lastKeys.length && lastKeys[place] == key) {
            return lastColumns[place];
        }
        Integer exact = columns.get(key);
        int column = exact == null ? schema.find(key) : exact;
        if (place < lastKeys.length) {
            lastKeys[place] = key;
            lastColumns[place] = column;
        }
        return column;
    }

    private void decodeCell(JsonParser json, int column, DeltaBatchBuilder rows) throws IOException {
        if (filled[column]) {
            throw new UndecodableRow(ErrorCode.CAST_FAILURE, schema.named(column) + " is there twice", offset(json));
        }
        filled[column] = true;
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            if (!schema.takesNull(column)) {
                throw schema.nullRefused(column, offset(json));
            }
            rows.column(column).appendNull();
            return;
        }
        try {
            cells[column].append(json, rows.column(column));
        } catch (ThalwegException failure) {
            throw schema.refused(column, failure, offset(json));
        }
    }

    private void requireNothingBehind(JsonParser json, byte[] data, int start, int length) {
        int at = start + (int) (json.currentLocation().getByteOffset() - base);
        for (; at < start + length; at++) {
            if (data[at] != ' ' && data[at] != '\t' && data[at] != '\r' && data[at] != '\n') {
                throw new UndecodableRow(ErrorCode.CAST_FAILURE, "there is something behind the object", at - start);
            }
        }
    }
}
