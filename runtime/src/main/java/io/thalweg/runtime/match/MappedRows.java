package io.thalweg.runtime.match;

import java.util.Arrays;

/** The rows of a match, or of the attempt at one: neighbours, each mapped to a variable. One owner thread. */
final class MappedRows {
    private int start;
    private int[] variables = new int[64];
    private boolean[] excluded = new boolean[64];
    private int end;

    void begin(int place) {
        start = place;
        end = place;
    }

    /** Maps the row at a place, in place of what was mapped from there on. */
    void map(int place, int variable, boolean isExcluded) {
        int index = place - start;
        if (index == variables.length) {
            variables = Arrays.copyOf(variables, index * 2);
            excluded = Arrays.copyOf(excluded, index * 2);
        }
        variables[index] = variable;
        excluded[index] = isExcluded;
        end = place + 1;
    }

    void cut(int place) {
        end = place;
    }

    int start() {
        return start;
    }

    /** The place behind the last row. */
    int end() {
        return end;
    }

    int variable(int place) {
        return variables[place - start];
    }

    boolean isExcluded(int place) {
        return excluded[place - start];
    }
}
