package io.thalweg.tests.differential;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows as text that is the same for equal rows of any database: numbers without their scale, doubles to twelve digits. */
final class CellText {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private CellText() {}

    /** The current row of another database. */
    static String row(ResultSet result) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            text.append(i == 1 ? "" : " | ").append(cell(result.getObject(i)));
        }
        return text.toString();
    }

    /** A row of ours. */
    static String row(RowType type, DeltaBatch batch, int row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < type.size(); i++) {
            text.append(i == 0 ? "" : " | ").append(cell(value(type.type(i), batch.column(i), row)));
        }
        return text.toString();
    }

    private static Object value(SqlType type, Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.kind()) {
            case INT ->
                type.name() == TypeName.BOOLEAN
                        ? (Object) (((IntColumn) column).value(row) != 0)
                        : (Object) ((IntColumn) column).value(row);
            case LONG -> decimal(BigInteger.valueOf(((LongColumn) column).value(row)), type);
            case DECIMAL128 -> decimal(((Decimal128Column) column).value(row).toBigInteger(), type);
            case DOUBLE -> ((DoubleColumn) column).value(row);
            default -> ((BytesColumn) column).text(row);
        };
    }

    private static BigDecimal decimal(BigInteger unscaled, SqlType type) {
        return new BigDecimal(unscaled, type.name() == TypeName.DECIMAL ? type.scale() : 0);
    }

    private static String cell(Object value) {
        if (value instanceof Double number) {
            return plain(new BigDecimal(number).round(TWELVE_DIGITS));
        }
        if (value instanceof Number) {
            return plain(new BigDecimal(value.toString()));
        }
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
