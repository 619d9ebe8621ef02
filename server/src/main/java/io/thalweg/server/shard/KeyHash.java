package io.thalweg.server.shard;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import java.util.List;

/**
 * The hash of a key, of which every bit matters. The function is part of the stored format: equal keys must meet in one
 * partition for ever.
 */
public final class KeyHash {
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;
    private static final long NULL_HASH = 0x5851F42D4C957F2DL;

    private KeyHash() {}

    /** The hash of each row's values in these columns. */
    public static long[] of(DeltaBatch rows, List<Integer> columns) {
        long[] hashes = new long[rows.rowCount()];
        for (int column : columns) {
            mix(rows.column(column), hashes);
        }
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = finish(hashes[i]);
        }
        return hashes;
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
