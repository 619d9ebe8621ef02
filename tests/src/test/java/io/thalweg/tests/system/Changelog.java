package io.thalweg.tests.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client holds that applies the rows of a continuous query in order: a multiset of rows. Not thread-safe.
 * Refuses a change that does not fit, so that every prefix of the changes has to make sense.
 */
public final class Changelog {
    private final Map<String, Integer> rows = new HashMap<>();
    private long changes;

    /**
     * Applies one row of the result.
     *
     * @param op the cell of column {@code op}
     * @throws IllegalStateException if the change takes back what is not there
     */
    public void apply(String op, String row) {
        changes++;
        switch (op) {
            case "+I", "+U" -> rows.merge(row, 1, Integer::sum);
            case "-U", "-D" -> {
                Integer count = rows.get(row);
                if (count == null) {
                    throw new IllegalStateException(op + " of a row that is not there: " + row);
                }
                rows.merge(row, -1, (before, change) -> before == 1 ? null : before - 1);
            }
            default -> throw new IllegalStateException("no such kind of change: " + op);
        }
    }

    /** How many changes there were. */
    public long changes() {
        return changes;
    }

    /** The rows as they are now, in the order of their text. */
    public List<String> sorted() {
        List<String> lines = new ArrayList<>();
        rows.forEach((row, count) -> {
            for (int i = 0; i < count; i++) {
                lines.add(row);
            }
        });
        lines.sort(null);
        return lines;
    }
}
