package io.thalweg.model.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockConditionsTest {
    private static final RowType TYPE = RowType.of("a", SqlType.BIGINT, "b", SqlType.BIGINT, "at", SqlType.BIGINT);
    private static final ScanNode STREAM =
            new ScanNode(SourceKind.STREAM, 1, "s", List.of(4, 7, ScanNode.OFFSET_COLUMN), false, TYPE);
    private static final ScalarExpression A = new ColumnReference(0, SqlType.BIGINT);
    private static final ScalarExpression B = new ColumnReference(1, SqlType.BIGINT);
    private static final ScalarExpression OFFSET = new ColumnReference(2, SqlType.BIGINT);

    private static ScalarExpression call(ScalarFunction function, ScalarExpression... arguments) {
        return FunctionCall.of(function, SqlType.BOOLEAN, arguments);
    }

    private static PlanNode calc(ScanNode scan, ScalarExpression condition) {
        return new CalcNode(scan, Optional.of(condition), List.of(A), RowType.of("a", SqlType.BIGINT));
    }

    private static PhysicalPlan plan(PlanNode root) {
        return new PhysicalPlan(root, EmitMode.SNAPSHOT, true, Optional.empty(), List.of());
    }

    @Test
    void explainNamesThePartsThatSpareBlocks() {
        ScalarExpression condition = call(
                ScalarFunction.AND,
                call(ScalarFunction.LESS, A, Literal.of(10L)),
                call(ScalarFunction.LESS, A, B),
                call(ScalarFunction.GREATER, OFFSET, Literal.of(3L)),
                call(ScalarFunction.EQUAL, new ParameterReference(0, SqlType.BIGINT), B),
                call(ScalarFunction.OR, call(ScalarFunction.IS_NULL, A), call(ScalarFunction.LESS, A, B)));
        assertEquals("""
                SNAPSHOT, append-only, columns (a BIGINT)
                Calc a where AND(LESS(a, 10), LESS(a, b), GREATER(at, 3), EQUAL(?1, b), OR(IS_NULL(a), LESS(a, b)))
                  Scan STREAM s columns (a#4, b#7, at#-2), skips blocks that cannot hold LESS(a, 10), EQUAL(?1, b)
                """, PlanText.explain(plan(calc(STREAM, condition))));
    }

    @Test
    void aScanWithTwoReadersServesBoth() {
        PlanNode small = calc(STREAM, call(ScalarFunction.LESS, A, Literal.of(10L)));
        PlanNode large = calc(STREAM, call(ScalarFunction.GREATER, A, Literal.of(90L)));
        Map<ScanNode, BlockCondition> both =
                BlockConditions.of(plan(new UnionNode(List.of(small, large), small.type())));
        assertInstanceOf(BlockCondition.Any.class, both.get(STREAM));
        PlanNode all = calc(STREAM, call(ScalarFunction.LESS, A, B));
        assertEquals(Map.of(), BlockConditions.of(plan(new UnionNode(List.of(small, all), small.type()))));
    }

    @Test
    void tablesAreNotReadFromBlocks() {
        ScanNode table = new ScanNode(SourceKind.TABLE, 1, "t", List.of(4, 7, 8), false, TYPE);
        PhysicalPlan plan = plan(calc(table, call(ScalarFunction.LESS, A, Literal.of(10L))));
        assertEquals(Map.of(), BlockConditions.of(plan));
        assertEquals(PlanText.format(plan), PlanText.explain(plan));
    }
}
