package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import java.util.List;

/**
 * What a match is shown as.
 *
 * @param allRows whether each of its rows is shown; otherwise it is one row
 * @param onlyFinal whether a match is shown once, when it is final; otherwise it is shown at once and taken back if it
 *     changes
 * @param columns the input columns that are shown first: of each row, or, of one that is the same for all, of the first
 * @param navigations what the measures read, at the row that is shown, or at the last one
 * @param measures over a row whose columns are the navigations
 */
public record MatchOutput(
        boolean allRows,
        boolean onlyFinal,
        List<Integer> columns,
        List<Navigation> navigations,
        List<ScalarExpression> measures) {
    public MatchOutput {
        columns = List.copyOf(columns);
        navigations = List.copyOf(navigations);
        measures = List.copyOf(measures);
    }

    /** The same, for matches that are final. */
    MatchOutput onlyFinalOnes() {
        return new MatchOutput(allRows, true, columns, navigations, measures);
    }
}
