package io.thalweg.model.delta;

import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.model.type.ValueText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Batches as text tables, for tests, traces and documents. One row a line, the weight first, cells parted by {@code |}:
 *
 * <pre>
 * +1 | 42   | Berlin | 2001-01-01 10:00:00
 * -1 | NULL | Ulm    | 2001-01-01 10:00:00.5
 * </pre>
 *
 * Blank lines and lines that start with {@code #} are ignored. {@code NULL} is NULL, {@code ''} the empty text.
 */
public final class DeltaText {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private DeltaText() {}

    /** The batch of a text table. */
    public static DeltaBatch parse(RowType type, String table) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (String line : table.split("\n")) {
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                parseRow(type, line, builder);
            }
        }
        return builder.build();
    }

    private static void parseRow(RowType type, String line, DeltaBatchBuilder builder) {
        String[] cells = line.strip().split("\\|", -1);
        if (cells.length != type.size() + 1) {
            throw new IllegalArgumentException((cells.length - 1) + " cells for " + type + ": " + line);
        }
        for (int i = 0; i < type.size(); i++) {
            append(type.type(i), cells[i + 1].strip(), builder.column(i));
        }
        builder.endRow(Integer.parseInt(cells[0].strip()));
    }

    private static void append(SqlType type, String cell, ColumnBuilder column) {
        if (cell.equals("NULL")) {
            column.appendNull();
            return;
        }
        switch (type.name()) {
            case BOOLEAN -> column.appendBoolean(Boolean.parseBoolean(cell.toLowerCase(Locale.ROOT)));
            case TINYINT, SMALLINT, INTEGER, INTERVAL_MONTHS -> column.appendInt(Integer.parseInt(cell));
            case DATE -> column.appendInt((int) LocalDate.parse(cell).toEpochDay());
            case BIGINT, INTERVAL_MICROS -> column.appendLong(Long.parseLong(cell));
            case REAL -> column.appendDouble(Float.parseFloat(cell));
            case DOUBLE -> column.appendDouble(Double.parseDouble(cell));
            case DECIMAL -> appendDecimal(type, cell, column);
            case TIME -> column.appendLong(LocalTime.parse(cell).toNanoOfDay() / 1_000);
            case TIMESTAMP, TIMESTAMP_LTZ -> column.appendLong(timestamp(cell));
            case CHAR, VARCHAR -> column.appendText(cell.equals("''") ? "" : cell);
            case VARBINARY -> {
                byte[] bytes = HexFormat.of().parseHex(cell.equals("''") ? "" : cell);
                column.appendBytes(bytes, 0, bytes.length);
            }
            case NULL, ARRAY, MAP, ROW ->
                throw new IllegalArgumentException("a value in a column of type " + type + ": " + cell);
        }
    }

    private static void appendDecimal(SqlType type, String cell, ColumnBuilder column) {
        var unscaled = new BigDecimal(cell).setScale(type.scale()).unscaledValue();
        if (type.kind() == PhysicalKind.LONG) {
            column.appendLong(unscaled.longValueExact());
        } else {
            column.appendDecimal128(Int128.of(unscaled));
        }
    }

    private static long timestamp(String cell) {
        LocalDateTime value = LocalDateTime.parse(cell.length() == 10 ? cell + "T00:00" : cell.replace(' ', 'T'));
        return value.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND + value.getNano() / 1_000;
    }

    /** The rows of a batch as a text table, in their order, one line a row. */
    public static String format(RowType type, DeltaBatch batch) {
        return String.join("\n", lines(type, batch));
    }

    /** The rows of some batches as a text table, equal rows summed up and all of them sorted by their text. */
    public static String formatSummed(RowType type, List<DeltaBatch> batches) {
        var sums = new TreeMap<String, Integer>();
        for (DeltaBatch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                sums.merge(rowText(type, batch, row), batch.weight(row), Integer::sum);
            }
        }
        return sums.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> weightText(e.getValue()) + " | " + e.getKey())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> lines(RowType type, DeltaBatch batch) {
        List<String> lines = new ArrayList<>(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            lines.add(weightText(batch.weight(row)) + " | " + rowText(type, batch, row));
        }
        return lines;
    }

    private static String weightText(int weight) {
        return weight > 0 ? "+" + weight : Integer.toString(weight);
    }

    private static String rowText(RowType type, DeltaBatch batch, int row) {
        return IntStream.range(0, type.size())
                .mapToObj(i -> cell(type.type(i), batch.column(i), row))
                .collect(Collectors.joining(" | "));
    }

    /** One value as people read it; {@code NULL} for NULL. */
    public static String cell(SqlType type, Column column, int row) {
        if (column.isNull(row)) {
            return "NULL";
        }
        return switch (column.kind()) {
            case INT -> intCell(type, ((IntColumn) column).value(row));
            case LONG -> longCell(type, ((LongColumn) column).value(row));
            case DOUBLE -> {
                double value = ((DoubleColumn) column).value(row);
                yield type.name() == TypeName.REAL ? Float.toString((float) value) : Double.toString(value);
            }
            case DECIMAL128 ->
                ValueText.decimal(((Decimal128Column) column).value(row).toBigInteger(), type.scale());
            case BYTES -> {
                String text = bytesCell(type, (BytesColumn) column, row);
                yield text.isEmpty() ? "''" : text;
            }
        };
    }

    private static String bytesCell(SqlType type, BytesColumn column, int row) {
        if (type.name().isNested()) {
            return NestedText.format(type, column.data(), column.start(row));
        }
        return type.name().isText() ? column.text(row) : HexFormat.of().formatHex(column.bytes(row));
    }

    private static String intCell(SqlType type, int value) {
        return switch (type.name()) {
            case BOOLEAN -> value == 1 ? "true" : "false";
            case DATE -> ValueText.date(value);
            default -> Integer.toString(value);
        };
    }

    private static String longCell(SqlType type, long value) {
        return switch (type.name()) {
            case DECIMAL -> ValueText.decimal(value, type.scale());
            case TIME -> ValueText.time(value, type.precision());
            case TIMESTAMP, TIMESTAMP_LTZ -> ValueText.timestamp(value, type.precision());
            default -> Long.toString(value);
        };
    }
}
