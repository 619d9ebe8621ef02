package io.thalweg.model.plan;

import java.util.List;
import java.util.OptionalLong;

/**
 * What rows have to be like to be a match, and where the next one is looked for.
 *
 * @param rows which variables follow each other
 * @param variables the variables in the order of their numbers
 * @param withinMicros a match is shorter than this, from the first to the last row, by the first order key, a timestamp
 */
public record MatchPattern(
        RowPattern rows, List<PatternVariable> variables, MatchSkip skip, OptionalLong withinMicros) {
    public MatchPattern {
        variables = List.copyOf(variables);
    }
}
