package io.thalweg.runtime.expression.function;

import io.thalweg.model.type.Int128;
import java.util.List;

/** The literals of an IN list that are wide DECIMALs of one scale, sorted. */
public final class WideSet {
    private final long[] high;
    private final long[] low;

    public WideSet(List<Int128> values) {
        List<Int128> sorted = values.stream().sorted().toList();
        high = sorted.stream().mapToLong(Int128::high).toArray();
        low = sorted.stream().mapToLong(Int128::low).toArray();
    }

    public boolean contains(WideDecimal value) {
        int from = 0;
        int to = high.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = high[middle] != value.high
                    ? Long.compare(high[middle], value.high)
                    : Long.compareUnsigned(low[middle], value.low);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return false;
    }
}
