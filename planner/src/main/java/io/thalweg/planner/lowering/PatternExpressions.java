package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.ThalwegOperators;
import io.thalweg.planner.type.TypeTranslator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Translates the expressions of DEFINE or MEASURES: what they read from the rows of a match becomes a navigation, and the rest an
 * expression over the values of those. One navigation serves all expressions that read the same.
 */
final class PatternExpressions {
    /** Makes columns of a row out of those of a variable; an aggregate reads all rows of the variable. */
    private static final RexShuttle COLUMNS = new RexShuttle() {
        @Override
        public RexNode visitPatternFieldRef(RexPatternFieldRef column) {
            return new RexInputRef(column.getIndex(), column.getType());
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean isLast = call.getKind() == SqlKind.LAST || call.getKind() == SqlKind.PREV;
            return isLast ? call.operands.get(0).accept(this) : super.visitCall(call);
        }
    };

    private final MatchVariables variables;
    private final AggregateInput input;
    private final RexBuilder rex;
    private final ExpressionLowering lowering;
    private final List<Navigation> navigations = new ArrayList<>();

    /** From where a column is read, by the calls around it. */
    private record Position(boolean first, int steps, int distance, boolean whole) {
        private static final Position CURRENT = new Position(false, 0, 0, false);

        Position moved(int rows) {
            return new Position(first, steps, distance + rows, whole);
        }

        Position from(boolean atFirst, int rows) {
            return new Position(atFirst, rows, distance, whole);
        }

        Position ofWholeMatch(boolean isWhole) {
            return new Position(first, steps, distance, isWhole);
        }
    }

    PatternExpressions(MatchVariables variables, AggregateInput input, RexBuilder rex, ExpressionLowering lowering) {
        this.variables = variables;
        this.input = input;
        this.rex = rex;
        this.lowering = lowering;
    }

    /** What all expressions translated so far read. */
    List<Navigation> navigations() {
        return navigations;
    }

    /** An expression by itself. */
    static PatternExpression alone(PatternExpressions expressions, RexNode expression) {
        ScalarExpression lowered = expressions.lower(expression);
        return new PatternExpression(expressions.navigations, lowered);
    }

    ScalarExpression lower(RexNode expression) {
        return lowering.lower(read(expression, Position.CURRENT));
    }

    private RexNode read(RexNode node, Position position) {
        if (node instanceof RexPatternFieldRef column) {
            SqlType type = TypeTranslator.toModel(column.getType()).withNullable(true);
            Navigation.Place place = new Navigation.Place(position.first, position.steps, position.distance);
            return reference(
                    new Navigation.RowValue(
                            variables.named(column.getAlpha()), place, column.getIndex(), position.whole, type),
                    column.getType());
        }
        if (!(node instanceof RexCall call)) {
            return node;
        }
        SqlOperator operator = call.getOperator();
        return switch (call.getKind()) {
            case FINAL, RUNNING -> read(call.operands.get(0), position.ofWholeMatch(call.getKind() == SqlKind.FINAL));
            case FIRST, LAST -> read(call.operands.get(0), position.from(call.getKind() == SqlKind.FIRST, rows(call)));
            // Calcite writes the row that is looked at as the one before it by nothing.
            case PREV -> read(call.operands.get(0), position.moved(-rows(call)));
            case NEXT -> read(call.operands.get(0), position.moved(rows(call)));
            default -> {
                if (operator.equals(ThalwegOperators.ROW_BEFORE)) {
                    yield read(call.operands.get(0), position.moved(-neighbour(call)));
                } else if (operator.equals(ThalwegOperators.ROW_AFTER)) {
                    yield read(call.operands.get(0), position.moved(neighbour(call)));
                } else if (operator.equals(SqlStdOperatorTable.CLASSIFIER)) {
                    // Calcite gives it a length, which no name keeps to.
                    yield reference(
                            new Navigation.Classifier(), rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR));
                } else if (operator.equals(SqlStdOperatorTable.MATCH_NUMBER)) {
                    yield reference(new Navigation.MatchNumber(), call.getType());
                }
                if (operator.equals(ThalwegOperators.MEASURE)) {
                    yield read(call.operands.get(0), position);
                }
                yield operator instanceof SqlAggFunction function
                        ? aggregate(call, function, position)
                        : rebuilt(call, position);
            }
        };
    }

    /** The call over what was read, which may be NULL though the columns may not. */
    private RexNode rebuilt(RexCall call, Position position) {
        List<RexNode> operands = new ArrayList<>();
        boolean nullable = call.getType().isNullable();
        for (RexNode operand : call.operands) {
            RexNode replaced = read(operand, position);
            operands.add(replaced);
            nullable |= replaced.getType().isNullable();
        }
        RelDataType type = rex.getTypeFactory().createTypeWithNullability(call.getType(), nullable);
        return rex.makeCall(type, call.getOperator(), operands);
    }

    private RexNode aggregate(RexCall call, SqlAggFunction function, Position position) {
        List<Integer> columns = new ArrayList<>();
        for (RexNode value : call.operands) {
            columns.add(input.add(lowering.lower(value.accept(COLUMNS))));
        }
        org.apache.calcite.rel.core.AggregateCall relational = org.apache.calcite.rel.core.AggregateCall.create(
                function,
                false,
                false,
                false,
                List.of(),
                columns,
                -1,
                null,
                RelCollations.EMPTY,
                rex.getTypeFactory().createTypeWithNullability(call.getType(), true),
                null);
        return reference(
                new Navigation.Aggregate(
                        variables.only(call.operands), AggregateCallSite.lower(relational, input), position.whole),
                call.getType());
    }

    private RexNode reference(Navigation navigation, RelDataType type) {
        int index = navigations.indexOf(navigation);
        if (index < 0) {
            index = navigations.size();
            navigations.add(navigation);
        }
        return rex.makeInputRef(rex.getTypeFactory().createTypeWithNullability(type, true), index);
    }

    private static int neighbour(RexCall call) {
        return call.operands.size() == 1 ? 1 : rows(call);
    }

    private static int rows(RexCall call) {
        if (call.operands.size() < 2) {
            return 0;
        }
        if (call.operands.get(1) instanceof RexLiteral literal) {
            BigDecimal rows = literal.getValueAs(BigDecimal.class);
            if (rows != null && rows.signum() >= 0 && rows.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE / 4)) < 0) {
                return rows.intValue();
            }
        }
        String name = call.getOperator().getName().replace("$", "");
        throw new ThalwegException(
                ErrorCode.ARGUMENT_OUT_OF_RANGE, "the number of rows of " + name + " is not a whole number from 0");
    }
}
