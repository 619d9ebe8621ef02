package io.thalweg.runtime.operator;

import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.runtime.state.OrderedRows;

/** Goes along the rows of a partition from the first and tells the rank of each, and how often it is wanted. */
final class RankWalk {
    private final OrderedRows rows;
    private final RankRange range;
    private int previous;
    private long seen;
    private long keys;
    private long rank;
    private long weight;

    RankWalk(OrderedRows rows, RankRange range) {
        this.rows = rows;
        this.range = range;
    }

    void begin() {
        previous = OrderedRows.NO_ROW;
        seen = 0;
        keys = 0;
        rank = 0;
        weight = 0;
    }

    /** Goes to the next row, which is there so many times; false if its rank is beyond the wanted ones. */
    boolean next(int row, long times) {
        weight = 0;
        if (times <= 0) {
            return true;
        }
        if (numbersRows()) {
            return number(times);
        }
        boolean isPeer = previous != OrderedRows.NO_ROW && rows.arePeers(previous, row);
        if (!isPeer) {
            keys++;
            rank = range.function() == RankFunction.RANK ? seen + 1 : keys;
        }
        if (rank > range.last()) {
            return false;
        }
        previous = row;
        seen += times;
        weight = rank >= range.first() ? times : 0;
        return true;
    }

    private boolean number(long times) {
        if (seen >= range.last()) {
            return false;
        }
        long before = seen;
        seen += times;
        rank = Math.max(before + 1, range.first());
        weight = Math.max(0, Math.min(seen, range.last()) - rank + 1);
        return true;
    }

    /** Whether each row has a rank of its own. */
    boolean numbersRows() {
        return range.function() == RankFunction.ROW_NUMBER;
    }

    /** Whether no row that comes after those seen can be wanted. */
    boolean isFull() {
        if (!numbersRows() && !rows.hasKeys()) {
            // All rows are peers of the first.
            return false;
        }
        return (range.function() == RankFunction.DENSE_RANK ? keys : seen) >= range.last();
    }

    /** The rank of the row; of several equal ones with numbers of their own, the first that is wanted. */
    long rank() {
        return rank;
    }

    /** How often the row is wanted. */
    long weight() {
        return weight;
    }
}
