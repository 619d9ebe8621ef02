package io.thalweg.model.delta;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.Random;

/** Makes random batches with the values that break encoders: extremes, runs of one value, empty texts, NULLs. */
final class RandomBatches {
    static final RowType ALL_KINDS = RowType.of(
            "i", SqlType.INTEGER,
            "l", SqlType.BIGINT,
            "d", SqlType.DOUBLE,
            "w", SqlType.decimal(38, 2),
            "t", SqlType.VARCHAR,
            "b", SqlType.VARBINARY);

    private final Random random;

    RandomBatches(long seed) {
        this.random = new Random(seed);
    }

    DeltaBatch next(RowType type, int rows) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        boolean weighted = random.nextBoolean();
        int[] styles = random.ints(type.size(), 0, 4).toArray();
        double nullShare = random.nextBoolean() ? 0 : random.nextDouble();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < type.size(); i++) {
                if (random.nextDouble() < nullShare) {
                    builder.column(i).appendNull();
                } else {
                    append(builder.column(i), styles[i], row);
                }
            }
            builder.endRow(weighted ? (random.nextBoolean() ? -1 : 1 + random.nextInt(3)) : 1);
        }
        return builder.build();
    }

    private long number(int style, int row) {
        return switch (style) {
            case 0 -> 7;
            case 1 -> row * 10L - 1_000;
            case 2 -> random.nextInt(100);
            default ->
                switch (random.nextInt(4)) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> Long.MAX_VALUE;
                    default -> random.nextLong();
                };
        };
    }

    private void append(ColumnBuilder column, int style, int row) {
        long number = number(style, row);
        switch (column.kind()) {
            case INT -> column.appendInt((int) number);
            case LONG -> column.appendLong(number);
            case DOUBLE -> column.appendDouble(style == 3 ? Double.longBitsToDouble(number) : number / 8.0);
            case DECIMAL128 -> column.appendDecimal128(style == 3 ? random.nextLong() : number >> 63, number);
            case BYTES ->
                column.appendText(
                        switch (style) {
                            case 0 -> "";
                            case 1 -> "row " + row;
                            case 2 -> "köln " + number % 10;
                            default -> "\uD83D\uDE80".repeat(random.nextInt(5));
                        });
        }
    }
}
