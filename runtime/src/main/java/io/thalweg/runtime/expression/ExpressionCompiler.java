package io.thalweg.runtime.expression;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.compiler.GeneratedProgram;
import io.thalweg.runtime.expression.compiler.ProgramCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Compiles scalar expressions to functions of batches. Safe for use by several threads. */
public final class ExpressionCompiler {
    private ExpressionCompiler() {}

    /**
     * A function that keeps the rows for which the condition is true and computes the projections from each.
     *
     * @param output the type of the result; a projection of another type is cast to it
     * @throws io.thalweg.model.error.ThalwegException if a function is not defined for its arguments, a literal argument
     *     has no meaning for it, or a parameter has no value
     */
    public static CalcFunction compile(
            RowType input, Optional<ScalarExpression> condition, List<ScalarExpression> projections, RowType output) {
        List<ScalarExpression> coerced = new ArrayList<>();
        int[] passedColumns = new int[projections.size()];
        int[] projectedTexts = new int[projections.size()];
        for (int i = 0; i < passedColumns.length; i++) {
            ScalarExpression projection = ProgramCompiler.coerce(projections.get(i), output.type(i));
            passedColumns[i] =
                    projection instanceof ColumnReference reference ? reference.column() : CompiledCalc.COMPUTED;
            projectedTexts[i] = onlyText(projection, input);
            coerced.add(projection);
        }
        GeneratedProgram program = ProgramCompiler.compile(input, condition, coerced);
        int filterText = condition.isPresent() ? onlyText(condition.get(), input) : CompiledCalc.COMPUTED;
        CompiledCalc.Shape shape =
                new CompiledCalc.Shape(condition.isPresent(), filterText, passedColumns, projectedTexts);
        return new CompiledCalc(program, shape, new DeltaBatchBuilder(output).build());
    }

    /** The column of text or binary values that is the only one an expression reads. */
    private static int onlyText(ScalarExpression expression, RowType input) {
        SortedSet<Integer> columns = ProgramCompiler.columnsOf(expression);
        boolean one = columns.size() == 1
                && !ProgramCompiler.isRandom(expression)
                && input.type(columns.first()).kind() == PhysicalKind.BYTES;
        return one ? columns.first() : CompiledCalc.COMPUTED;
    }

    /**
     * The value of an expression without columns, computed as a compiled function would.
     *
     * @throws io.thalweg.model.error.ThalwegException if the evaluation fails
     */
    public static Literal evaluate(ScalarExpression constant) {
        if (constant instanceof Literal literal) {
            return literal;
        }
        GeneratedProgram program = ProgramCompiler.compileConstant(constant);
        program.bind(new DeltaBatch(1, new Column[0], null));
        return literal(program.project(0, null, 1), constant.type());
    }

    private static Literal literal(Column column, SqlType type) {
        if (column.isNull(0)) {
            return Literal.nullOf(type);
        }
        Object value = switch (column.kind()) {
            case INT -> ((IntColumn) column).value(0);
            case LONG -> ((LongColumn) column).value(0);
            case DOUBLE -> ((DoubleColumn) column).values()[0];
            case DECIMAL128 -> ((Decimal128Column) column).value(0);
            case BYTES -> type.name().isText() ? ((BytesColumn) column).text(0) : ((BytesColumn) column).bytes(0);
        };
        return new Literal(value, type);
    }

    /** Loads and warms the compiler, so that the first query does not wait for it. */
    public static void warmUp() {
        RowType input = RowType.of("n", SqlType.BIGINT, "t", SqlType.VARCHAR);
        ColumnReference number = new ColumnReference(0, SqlType.BIGINT);
        ColumnReference text = new ColumnReference(1, SqlType.VARCHAR);
        for (int round = 0; round < 5; round++) {
            ScalarExpression sum =
                    FunctionCall.of(ScalarFunction.ADD, SqlType.BIGINT, number, Literal.of((long) round));
            ScalarExpression positive = FunctionCall.of(ScalarFunction.GREATER, SqlType.BOOLEAN, sum, Literal.of(0L));
            ScalarExpression equal = FunctionCall.of(ScalarFunction.EQUAL, SqlType.BOOLEAN, text, Literal.of("a"));
            ScalarExpression both = FunctionCall.of(ScalarFunction.AND, SqlType.BOOLEAN, positive, equal);
            compile(input, Optional.of(both), List.of(sum, text), input);
        }
    }
}
