package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.MatchPattern;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RowPattern;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize.AfterOption;

/** Turns MATCH_RECOGNIZE into a node. */
final class MatchLowering {
    private final Match match;
    private final ExpressionLowering lowering;
    private final MatchVariables variables;
    private final RexBuilder rex;

    MatchLowering(Match match, ExpressionLowering lowering) {
        this.match = match;
        this.lowering = lowering;
        this.variables = new MatchVariables(match.getSubsets());
        this.rex = match.getCluster().getRexBuilder();
    }

    PlanNode lower(PlanNode input) {
        AggregateInput arguments = new AggregateInput(input);
        RowPattern rows = anchored(new RowPatternTranslation(variables).translate(match.getPattern()));
        List<PatternVariable> defined = new ArrayList<>();
        for (String name : variables.names()) {
            RexNode condition = match.getPatternDefinitions().get(name);
            Optional<PatternExpression> lowered = condition == null
                    ? Optional.empty()
                    : Optional.of(PatternExpressions.alone(expressions(arguments), condition));
            defined.add(new PatternVariable(name, lowered));
        }
        List<SortKey> order = SortLowering.keys(match.getOrderKeys());
        MatchPattern pattern = new MatchPattern(rows, defined, skip(), within(input, order));
        List<Integer> shown = shownColumns();
        PatternExpressions reading = expressions(arguments);
        List<ScalarExpression> measures = new ArrayList<>();
        RowType declared = TypeTranslator.toModelRow(match.getRowType());
        for (RexNode measure : match.getMeasures().values()) {
            measures.add(Coercion.cast(
                    reading.lower(measure),
                    declared.type(shown.size() + measures.size()).withNullable(true)));
        }
        if (shown.isEmpty() && measures.isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY, "MATCH_RECOGNIZE shows nothing of the matches that it finds")
                    .withHint("Add MEASURES, PARTITION BY, or ALL ROWS PER MATCH.");
        }
        PlanNode source = arguments.node();
        MatchOutput output = new MatchOutput(match.isAllRows(), false, shown, reading.navigations(), measures);
        List<Integer> partition = match.getPartitionKeys().asList();
        RowType type = type(input.type(), shown, measures);
        return new MatchNode(source, partition, order, pattern, output, OptionalLong.empty(), type);
    }

    private PatternExpressions expressions(AggregateInput arguments) {
        return new PatternExpressions(variables, arguments, rex, lowering);
    }

    private RowPattern anchored(RowPattern rows) {
        List<RowPattern> parts = new ArrayList<>();
        if (match.isStrictStart()) {
            parts.add(new RowPattern.Anchor(true));
        }
        parts.add(rows);
        if (match.isStrictEnd()) {
            parts.add(new RowPattern.Anchor(false));
        }
        return parts.size() == 1 ? rows : new RowPattern.Sequence(parts);
    }

    /** Partition and order first, as Calcite numbers the columns of the result. */
    private List<Integer> shownColumns() {
        Set<Integer> shown = new LinkedHashSet<>(match.getPartitionKeys().asList());
        if (match.isAllRows()) {
            shown.addAll(match.getOrderKeys().getKeys());
            for (int i = 0; i < match.getInput().getRowType().getFieldCount(); i++) {
                shown.add(i);
            }
        }
        return List.copyOf(shown);
    }

    private RowType type(RowType input, List<Integer> shown, List<ScalarExpression> measures) {
        List<String> names = match.getRowType().getFieldNames();
        List<Field> fields = new ArrayList<>();
        for (int column : shown) {
            fields.add(new Field(names.get(fields.size()), input.type(column)));
        }
        for (ScalarExpression measure : measures) {
            fields.add(new Field(names.get(fields.size()), measure.type().withNullable(true)));
        }
        return new RowType(fields);
    }

    private MatchSkip skip() {
        if (match.getAfter() instanceof RexCall call) {
            MatchSkip.Kind kind =
                    call.getKind() == SqlKind.SKIP_TO_FIRST ? MatchSkip.Kind.TO_FIRST : MatchSkip.Kind.TO_LAST;
            String name = RexLiteral.stringValue(call.operands.get(0));
            List<Integer> targets = variables.named(name == null ? "" : name);
            if (targets.isEmpty()) {
                throw new ThalwegException(ErrorCode.UNDEFINED_COLUMN, "pattern variable " + name + " does not exist");
            }
            return new MatchSkip(kind, targets);
        }
        boolean past = match.getAfter() instanceof RexLiteral literal
                && literal.getValueAs(AfterOption.class) == AfterOption.SKIP_PAST_LAST_ROW;
        return new MatchSkip(past ? MatchSkip.Kind.PAST_LAST_ROW : MatchSkip.Kind.TO_NEXT_ROW, List.of());
    }

    private OptionalLong within(PlanNode input, List<SortKey> order) {
        if (match.getInterval() == null) {
            return OptionalLong.empty();
        }
        boolean timed = !order.isEmpty()
                && !order.get(0).descending()
                && input.type().type(order.get(0).column()).name().isTimestamp();
        if (!timed) {
            throw new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH, "WITHIN needs a pattern that is ordered by a TIMESTAMP, ascending");
        }
        if (lowering.lower(match.getInterval()) instanceof Literal literal
                && literal.value() instanceof Long micros
                && micros > 0) {
            return OptionalLong.of(micros);
        }
        throw new ThalwegException(
                ErrorCode.ARGUMENT_OUT_OF_RANGE, "the interval of WITHIN is not a constant number of seconds above 0");
    }
}
