package io.thalweg.model.plan;

import io.thalweg.model.delta.BlockStatistics;
import io.thalweg.model.delta.OrderKey;
import io.thalweg.model.type.Int128;
import java.util.List;

/**
 * What must be possible in a block of rows for any of them to be wanted, asked of the block's statistics alone. It may
 * say yes where no row is wanted, never no where one is. Columns are the stored ones; of one that was added after a block
 * was written nothing is known.
 */
public sealed interface BlockCondition {
    /** Holds for no row. */
    BlockCondition NEVER = new Any(List.of());

    /** Whether the statistics leave it possible that a row is wanted. */
    boolean mayHold(BlockStatistics statistics);

    /** The least key that a column has in any row that is wanted; if NULL is, {@link OrderKey#LEAST}. */
    Int128 least(int column);

    /** The greatest key that a column has in any row that is wanted; if NULL is, {@link OrderKey#GREATEST}. */
    Int128 greatest(int column);

    /** The column is not NULL and its key lies between two, both included. */
    record Between(int column, Int128 from, Int128 to) implements BlockCondition {
        @Override
        public boolean mayHold(BlockStatistics statistics) {
            return column >= statistics.columnCount() || statistics.mayHold(column, from, to);
        }

        @Override
        public Int128 least(int asked) {
            return asked == column ? from : OrderKey.LEAST;
        }

        @Override
        public Int128 greatest(int asked) {
            return asked == column ? to : OrderKey.GREATEST;
        }
    }

    /** The column is NULL. */
    record IsNull(int column) implements BlockCondition {
        @Override
        public boolean mayHold(BlockStatistics statistics) {
            return column >= statistics.columnCount() || statistics.nullCount(column) > 0;
        }

        @Override
        public Int128 least(int asked) {
            return OrderKey.LEAST;
        }

        @Override
        public Int128 greatest(int asked) {
            return OrderKey.GREATEST;
        }
    }

    /** All of them hold. */
    record All(List<BlockCondition> parts) implements BlockCondition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean mayHold(BlockStatistics statistics) {
            for (BlockCondition part : parts) {
                if (!part.mayHold(statistics)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Int128 least(int column) {
            return parts.stream()
                    .map(part -> part.least(column))
                    .max(Int128::compareTo)
                    .orElse(OrderKey.LEAST);
        }

        @Override
        public Int128 greatest(int column) {
            return parts.stream()
                    .map(part -> part.greatest(column))
                    .min(Int128::compareTo)
                    .orElse(OrderKey.GREATEST);
        }
    }

    /** At least one of them holds. */
    record Any(List<BlockCondition> parts) implements BlockCondition {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean mayHold(BlockStatistics statistics) {
            for (BlockCondition part : parts) {
                if (part.mayHold(statistics)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Int128 least(int column) {
            return parts.stream()
                    .map(part -> part.least(column))
                    .min(Int128::compareTo)
                    .orElse(OrderKey.GREATEST);
        }

        @Override
        public Int128 greatest(int column) {
            return parts.stream()
                    .map(part -> part.greatest(column))
                    .max(Int128::compareTo)
                    .orElse(OrderKey.LEAST);
        }
    }
}
