package io.thalweg.server.format;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.function.CastFunctions;
import io.thalweg.runtime.expression.function.Conversion;
import io.thalweg.runtime.expression.function.DateTimeText;
import io.thalweg.runtime.expression.function.NumberText;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.runtime.expression.function.WideDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Appends values that are written as text to a column of one type that is not nested. Numbers, dates and times are read as
 * CAST reads them; binary values are Base64. One owner thread.
 */
final class CellParser {
    private final SqlType type;
    private final Conversion conversion;
    private final WideDecimal wide = new WideDecimal();

    CellParser(SqlType type) {
        this.type = type;
        this.conversion = new Conversion(type, false);
    }

    /** Appends the value of a text in UTF-8; throws an error of the cast if it has none. */
    void append(Slice text, ColumnBuilder column) {
        switch (type.name()) {
            case BOOLEAN -> column.appendBoolean(CastFunctions.toBoolean(text, conversion));
            case TINYINT -> column.appendInt(integer(text, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SMALLINT -> column.appendInt(integer(text, Short.MIN_VALUE, Short.MAX_VALUE));
            case INTEGER -> column.appendInt(integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> column.appendLong(NumberText.parseInteger(text, Long.MIN_VALUE, Long.MAX_VALUE, conversion));
            case REAL ->
                column.appendDouble(CastFunctions.toReal(NumberText.parseDouble(text, conversion), conversion));
            case DOUBLE -> column.appendDouble(NumberText.parseDouble(text, conversion));
            case DECIMAL -> appendDecimal(text, column);
            case CHAR, VARCHAR -> appendText(text, column);
            case VARBINARY -> appendBinary(text, column);
            case DATE -> column.appendInt(DateTimeText.parseDate(text, conversion));
            case TIME -> column.appendLong(DateTimeText.parseTime(text, type.precision(), conversion));
            case TIMESTAMP, TIMESTAMP_LTZ ->
                column.appendLong(DateTimeText.parseTimestamp(text, type.precision(), conversion));
            default -> throw new IllegalStateException(type + " has no text of its own");
        }
    }

    private int integer(Slice text, int min, int max) {
        return (int) NumberText.parseInteger(text, min, max, conversion);
    }

    private void appendDecimal(Slice text, ColumnBuilder column) {
        NumberText.parseDecimal(text, type.precision(), type.scale(), wide, conversion);
        if (type.kind() == PhysicalKind.LONG) {
            column.appendLong(wide.low);
        } else {
            column.appendDecimal128(wide.high, wide.low);
        }
    }

    private void appendText(Slice text, ColumnBuilder column) {
        int characters = characters(text);
        if (type.precision() != SqlType.UNLIMITED && characters > type.precision()) {
            throw tooLong(characters, "characters");
        }
        column.appendBytes(text.data, text.start, text.length);
    }

    /** How many characters there are; throws if the bytes are not UTF-8. */
    private static int characters(Slice text) {
        int signs = 0;
        int continuations = 0;
        for (int at = text.start; at < text.start + text.length; at++) {
            signs |= text.data[at];
            // A continuation byte is 10xxxxxx, as a signed byte below -64.
            continuations += text.data[at] < -64 ? 1 : 0;
        }
        if (signs < 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.data, text.start, text.length));
            } catch (CharacterCodingException e) {
                throw new ThalwegException(ErrorCode.CHARACTER_ENCODING, "the text is not UTF-8", e);
            }
        }
        return text.length - continuations;
    }

    private void appendBinary(Slice text, ColumnBuilder column) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.bytes());
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(ErrorCode.CAST_FAILURE, "the binary value is not Base64", e);
        }
        if (type.precision() != SqlType.UNLIMITED && bytes.length > type.precision()) {
            throw tooLong(bytes.length, "bytes");
        }
        column.appendBytes(bytes, 0, bytes.length);
    }

    private ThalwegException tooLong(int length, String unit) {
        return new ThalwegException(
                ErrorCode.STRING_TOO_LONG, "the value has " + length + " " + unit + ", too many for " + type.sqlText());
    }
}
