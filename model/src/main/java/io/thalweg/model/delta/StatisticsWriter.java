package io.thalweg.model.delta;

/** Writes what a block's header tells of one column. */
final class StatisticsWriter {
    /** NULLs, whether there are bounds, two keys, the greatest fall. */
    static final int ENTRY_BYTES = 48;

    static final int LEAST_AT = 8;
    static final int GREATEST_AT = 24;
    static final int FALL_AT = 40;

    private long leastHigh = Long.MAX_VALUE;
    private long leastLow = -1;
    private long greatestHigh = Long.MIN_VALUE;
    private long greatestLow;
    private long greatestFall;

    private StatisticsWriter() {}

    /** Writes the entry of a column at this place. */
    static void write(Column column, BlockWriter writer, int at) {
        int nulls = 0;
        for (int row = 0; row < column.rowCount(); row++) {
            nulls += column.isNull(row) ? 1 : 0;
        }
        writer.setInt(at, nulls);
        if (nulls == column.rowCount()) {
            return;
        }
        StatisticsWriter bounds = new StatisticsWriter();
        bounds.addAll(column);
        writer.setInt(at + 4, 1);
        writer.setLong(at + LEAST_AT, bounds.leastLow);
        writer.setLong(at + LEAST_AT + 8, bounds.leastHigh);
        writer.setLong(at + GREATEST_AT, bounds.greatestLow);
        writer.setLong(at + GREATEST_AT + 8, bounds.greatestHigh);
        writer.setLong(at + FALL_AT, bounds.greatestFall);
    }

    private void addAll(Column column) {
        switch (column.kind()) {
            case INT -> addInts((IntColumn) column);
            case LONG -> addLongs((LongColumn) column);
            case DOUBLE -> addDoubles((DoubleColumn) column);
            case DECIMAL128 -> addDecimals((Decimal128Column) column);
            case BYTES -> addBytes((BytesColumn) column);
        }
    }

    private void addInts(IntColumn column) {
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                least = Math.min(least, column.value(row));
                greatest = Math.max(greatest, column.value(row));
            }
        }
        setLongs(least, greatest);
    }

    private void addLongs(LongColumn column) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                long value = column.value(row);
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                long fall = greatest - value;
                greatestFall = Math.max(greatestFall, fall < 0 ? Long.MAX_VALUE : fall);
            }
        }
        setLongs(least, greatest);
    }

    private void addDoubles(DoubleColumn column) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                long bits = OrderKey.bits(column.value(row));
                least = Math.min(least, bits);
                greatest = Math.max(greatest, bits);
            }
        }
        setLongs(least, greatest);
    }

    private void setLongs(long least, long greatest) {
        leastHigh = least >> 63;
        leastLow = least;
        greatestHigh = greatest >> 63;
        greatestLow = greatest;
    }

    private void addDecimals(Decimal128Column column) {
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                add(column.high()[row], column.low()[row]);
            }
        }
    }

    private void addBytes(BytesColumn column) {
        byte[] data = column.data();
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                int start = column.start(row);
                int length = column.length(row);
                add(OrderKey.high(data, start, length), OrderKey.low(data, start, length));
            }
        }
    }

    private void add(long high, long low) {
        if (isLess(high, low, leastHigh, leastLow)) {
            leastHigh = high;
            leastLow = low;
        }
        if (isLess(greatestHigh, greatestLow, high, low)) {
            greatestHigh = high;
            greatestLow = low;
        }
    }

    private static boolean isLess(long high, long low, long otherHigh, long otherLow) {
        return high < otherHigh || high == otherHigh && Long.compareUnsigned(low, otherLow) < 0;
    }
}
