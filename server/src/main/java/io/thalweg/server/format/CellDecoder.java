package io.thalweg.server.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.function.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Appends values that are texts by themselves to a column of any type: what is nested as JSON, the rest as CAST reads it. */
public final class CellDecoder {
    private final CellParser scalar;
    private final JsonCellReader nested;

    public CellDecoder(SqlType type) {
        this.scalar = new CellParser(type);
        this.nested = new JsonCellReader(type);
    }

    /** Appends the value of a text in UTF-8; throws why there is none, and has appended nothing then. */
    public void append(Slice text, ColumnBuilder column) {
        if (!nested.isNested()) {
            scalar.append(text, column);
            return;
        }
        try (JsonParser json = JsonCellReader.FACTORY.createParser(text.data, text.start, text.length)) {
            if (json.nextToken() == null) {
                throw new ThalwegException(ErrorCode.CAST_FAILURE, "the value is no JSON");
            }
            nested.append(json, column);
            if (json.nextToken() != null) {
                throw new ThalwegException(ErrorCode.CAST_FAILURE, "there is something behind the JSON value");
            }
        } catch (JsonProcessingException e) {
            throw new ThalwegException(ErrorCode.CAST_FAILURE, "the value is no JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
