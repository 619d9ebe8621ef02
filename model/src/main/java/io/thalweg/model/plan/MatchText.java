package io.thalweg.model.plan;

import io.thalweg.model.expression.ExpressionText;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a match looks for and shows, on one line. */
final class MatchText {
    private final MatchNode node;

    private MatchText(MatchNode node) {
        this.node = node;
    }

    static String format(MatchNode node) {
        return new MatchText(node).text();
    }

    private String text() {
        MatchPattern pattern = node.pattern();
        List<String> conditions = new ArrayList<>();
        for (PatternVariable variable : pattern.variables()) {
            variable.condition()
                    .ifPresent(c ->
                            conditions.add(variable.name() + " where " + expression(c.expression(), c.navigations())));
        }
        return "pattern (" + pattern(pattern.rows()) + ")"
                + (pattern.withinMicros().isPresent()
                        ? " within " + pattern.withinMicros().getAsLong() + " us"
                        : "")
                + conditions.stream().map(c -> ", " + c).collect(Collectors.joining())
                + ", then "
                + pattern.skip().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (pattern.skip().variables().isEmpty()
                        ? ""
                        : " " + variables(pattern.skip().variables()))
                + (node.output().allRows() ? ", all rows" : ", one row")
                + measures();
    }

    private String measures() {
        MatchOutput output = node.output();
        int shown = output.columns().size();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < output.measures().size(); i++) {
            texts.add(expression(output.measures().get(i), output.navigations()) + " as "
                    + node.type().name(shown + i));
        }
        return texts.isEmpty() ? "" : " " + String.join(", ", texts);
    }

    private String pattern(RowPattern pattern) {
        if (pattern instanceof RowPattern.Variable variable) {
            String name = node.pattern().variables().get(variable.index()).name();
            return variable.excluded() ? "{- " + name + " -}" : name;
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().stream().map(this::group).collect(Collectors.joining(" "));
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            return alternation.parts().stream().map(this::group).collect(Collectors.joining(" | "));
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            String most = repetition.most() == RowPattern.UNLIMITED ? "" : Integer.toString(repetition.most());
            return group(repetition.part()) + "{" + repetition.least() + "," + most + "}"
                    + (repetition.reluctant() ? "?" : "");
        }
        return ((RowPattern.Anchor) pattern).atStart() ? "^" : "$";
    }

    private String group(RowPattern pattern) {
        boolean several = pattern instanceof RowPattern.Sequence || pattern instanceof RowPattern.Alternation;
        return several ? "(" + pattern(pattern) + ")" : pattern(pattern);
    }

    private String variables(List<Integer> variables) {
        return variables.stream()
                .map(v -> node.pattern().variables().get(v).name())
                .collect(Collectors.joining(", "));
    }

    private String expression(ScalarExpression expression, List<Navigation> navigations) {
        List<Field> fields = navigations.stream()
                .map(n -> new Field(navigation(n), n.type()))
                .toList();
        return ExpressionText.format(expression, new RowType(fields));
    }

    private String navigation(Navigation navigation) {
        if (navigation instanceof Navigation.RowValue value) {
            Navigation.Place row = value.row();
            String text = (value.whole() ? "final " : "") + (row.first() ? "first" : "last")
                    + (row.steps() == 0 ? "" : " " + row.steps()) + " "
                    + of(value.variables(), node.input().type().name(value.column()));
            return row.distance() == 0 ? text : text + (row.distance() > 0 ? " + " : " - ") + Math.abs(row.distance());
        } else if (navigation instanceof Navigation.Aggregate aggregate) {
            AggregateCall call = aggregate.call();
            String argument = call.argument().isPresent()
                    ? node.input().type().name(call.argument().getAsInt())
                    : "*";
            return (aggregate.whole() ? "final " : "") + call.function() + "(" + of(aggregate.variables(), argument)
                    + ")";
        }
        return navigation instanceof Navigation.Classifier ? "classifier" : "match number";
    }

    private String of(List<Integer> variables, String column) {
        return variables.isEmpty() ? column : variables(variables) + "." + column;
    }
}
