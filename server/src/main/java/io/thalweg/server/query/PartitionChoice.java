package io.thalweg.server.query;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import java.util.List;

/**
 * Chooses the partition of each row from the hash of its distribution columns. The function is part of the stored
 * format: equal keys must meet in one partition for ever.
 */
final class PartitionChoice {
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;
    private static final long NULL_HASH = 0x5851F42D4C957F2DL;

    private PartitionChoice() {}

    /** The partition of each row, from 0. */
    static int[] of(DeltaBatch rows, List<Integer> columns, int partitions) {
        long[] hashes = new long[rows.rowCount()];
        for (int column : columns) {
            mix(rows.column(column), hashes);
        }
        int[] chosen = new int[hashes.length];
        for (int i = 0; i < chosen.length; i++) {
            // The upper half times the count, so that every bit of the hash matters and no division is needed.
            chosen[i] = (int) ((finish(hashes[i]) >>> 32) * partitions >>> 32);
        }
        return chosen;
    }

    private static void mix(Column column, long[] hashes) {
        for (int row = 0; row < hashes.length; row++) {
            long value = column.isNull(row) ? NULL_HASH : value(column, row);
            hashes[row] = finish(hashes[row] + value + MULTIPLIER);
        }
    }

    private static long value(Column column, int row) {
        return switch (column.kind()) {
            case INT -> ((IntColumn) column).value(row);
            case LONG -> ((LongColumn) column).value(row);
            // Adding zero makes one of the two zeros; all NaNs become one.
            case DOUBLE -> Double.doubleToLongBits(((DoubleColumn) column).value(row) + 0.0);
            case DECIMAL128 -> {
                Decimal128Column decimals = (Decimal128Column) column;
                yield decimals.high()[row] * 31 + decimals.low()[row];
            }
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                yield bytesHash(bytes.data(), bytes.start(row), bytes.length(row));
            }
        };
    }

    private static long bytesHash(byte[] data, int start, int length) {
        long hash = length;
        for (int i = start; i < start + length; i++) {
            hash = (hash ^ data[i]) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** Rounds of xor-shift and multiply with a constant found by Pelle Evensen (rrmxmx, 2018): spreads every bit. */
    private static long finish(long hash) {
        long mixed = (hash ^ hash >>> 32) * MULTIPLIER;
        mixed = (mixed ^ mixed >>> 32) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
