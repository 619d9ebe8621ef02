package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import java.util.List;

/**
 * An expression over values from the rows of a match.
 *
 * @param expression over a row whose columns are the navigations
 */
public record PatternExpression(List<Navigation> navigations, ScalarExpression expression) {
    public PatternExpression {
        navigations = List.copyOf(navigations);
    }
}
