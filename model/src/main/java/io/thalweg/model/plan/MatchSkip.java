package io.thalweg.model.plan;

import java.util.List;

/**
 * Where the next match is looked for.
 *
 * @param variables for the rows that are mapped to one of these, where the kind asks for them
 */
public record MatchSkip(Kind kind, List<Integer> variables) {
    /** The names are part of the stored plan. */
    public enum Kind {
        /** Behind the last row of the match. */
        PAST_LAST_ROW,
        /** Behind the first row of the match. */
        TO_NEXT_ROW,
        /** At the first row that is mapped to the variables. */
        TO_FIRST,
        /** At the last row that is mapped to the variables. */
        TO_LAST
    }

    public MatchSkip {
        variables = List.copyOf(variables);
    }
}
