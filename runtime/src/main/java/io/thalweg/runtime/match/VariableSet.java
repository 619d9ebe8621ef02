package io.thalweg.runtime.match;

import java.util.List;

/** Some variables of a pattern, or all. */
final class VariableSet {
    private final boolean all;
    private final boolean[] members;

    VariableSet(List<Integer> variables) {
        this.all = variables.isEmpty();
        int count = variables.stream().mapToInt(v -> v + 1).max().orElse(0);
        this.members = new boolean[count];
        variables.forEach(v -> members[v] = true);
    }

    boolean isAll() {
        return all;
    }

    boolean has(int variable) {
        return all || (variable < members.length && members[variable]);
    }

    /** The place of one of the rows that are mapped to these variables; -1 if there are not so many. */
    int place(MappedRows rows, int end, boolean first, int steps) {
        int left = steps;
        if (first) {
            for (int place = rows.start(); place < end; place++) {
                if (has(rows.variable(place)) && left-- == 0) {
                    return place;
                }
            }
        } else if (all) {
            return end - 1 - steps >= rows.start() ? end - 1 - steps : -1;
        } else {
            for (int place = end - 1; place >= rows.start(); place--) {
                if (has(rows.variable(place)) && left-- == 0) {
                    return place;
                }
            }
        }
        return -1;
    }
}
