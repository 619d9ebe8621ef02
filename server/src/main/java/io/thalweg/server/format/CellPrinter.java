package io.thalweg.server.format;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.function.DateTimeText;
import io.thalweg.runtime.expression.function.NumberText;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.runtime.expression.function.WideDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Values of one type that is not nested as text, such that {@link CellParser} reads the same value from it. One owner
 * thread.
 */
final class CellPrinter {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final SqlType type;
    private final WideDecimal wide = new WideDecimal();
    private final WideDecimal scratch = new WideDecimal();

    CellPrinter(SqlType type) {
        this.type = type;
    }

    /** Sets the result to the text of a value that is not NULL. */
    void print(Column column, int row, Slice result) {
        switch (type.name()) {
            case BOOLEAN -> {
                byte[] word = ((IntColumn) column).value(row) != 0 ? TRUE : FALSE;
                result.set(word, 0, word.length);
            }
            case TINYINT, SMALLINT, INTEGER -> NumberText.print((long) ((IntColumn) column).value(row), result);
            case BIGINT -> NumberText.print(((LongColumn) column).value(row), result);
            case REAL -> NumberText.printReal(((DoubleColumn) column).value(row), result);
            case DOUBLE -> NumberText.print(((DoubleColumn) column).value(row), result);
            case DECIMAL -> printDecimal(column, row, result);
            case CHAR, VARCHAR -> {
                BytesColumn text = (BytesColumn) column;
                result.set(text.data(), text.start(row), text.length(row));
            }
            case VARBINARY -> {
                byte[] encoded = Base64.getEncoder().encode(((BytesColumn) column).bytes(row));
                result.set(encoded, 0, encoded.length);
            }
            case DATE -> DateTimeText.printDate(((IntColumn) column).value(row), result);
            case TIME -> DateTimeText.printTime(((LongColumn) column).value(row), type.precision(), result);
            case TIMESTAMP -> DateTimeText.printTimestamp(((LongColumn) column).value(row), type.precision(), result);
            case TIMESTAMP_LTZ ->
                DateTimeText.printTimestampLtz(((LongColumn) column).value(row), type.precision(), result);
            case INTERVAL_MONTHS -> DateTimeText.printMonths(((IntColumn) column).value(row), result);
            case INTERVAL_MICROS -> DateTimeText.printMicros(((LongColumn) column).value(row), result);
            default -> throw new IllegalStateException(type + " has no text of its own");
        }
    }

    private void printDecimal(Column column, int row, Slice result) {
        if (type.kind() == PhysicalKind.LONG) {
            NumberText.printDecimal(((LongColumn) column).value(row), type.scale(), result);
        } else {
            Decimal128Column decimals = (Decimal128Column) column;
            wide.set(decimals.high()[row], decimals.low()[row]);
            NumberText.printDecimal(wide, type.scale(), scratch, result);
        }
    }
}
