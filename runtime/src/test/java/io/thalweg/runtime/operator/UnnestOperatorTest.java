package io.thalweg.runtime.operator;

import static io.thalweg.runtime.testkit.Plans.column;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnnestOperatorTest {
    private static final ScanNode ROWS = Plans.table("rows", "k", SqlType.INTEGER, "v", SqlType.VARCHAR);

    /** The columns k and c, where c is computed from the row. */
    private static PlanNode collection(ScalarFunction function, SqlType type, ScalarExpression... arguments) {
        ScalarExpression collection = new FunctionCall(function, List.of(arguments), type);
        RowType row = new RowType(List.of(new Field("k", SqlType.INTEGER), new Field("c", type)));
        return new CalcNode(ROWS, Optional.empty(), List.of(column(ROWS, 0), collection), row);
    }

    @Test
    void repeatsARowForEachElement() {
        PlanNode parts =
                collection(ScalarFunction.SPLIT, SqlType.array(SqlType.VARCHAR), column(ROWS, 1), Literal.of(","));
        OperatorHarness.of(withoutCollection(Plans.unnest(parts, 1, false)))
                .given("""
                        +2 | 1 | a,b
                        +1 | 2 | ''
                        +1 | 3 | NULL
                        """)
                .expect("""
                        +2 | 1 | a | 1
                        +2 | 1 | b | 2
                        """)
                .given("-1 | 1 | a,b")
                .expect("""
                        -1 | 1 | a | 1
                        -1 | 1 | b | 2
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void keepsRowsWithoutElements() {
        PlanNode parts =
                collection(ScalarFunction.SPLIT, SqlType.array(SqlType.VARCHAR), column(ROWS, 1), Literal.of(","));
        OperatorHarness.of(withoutCollection(Plans.unnest(parts, 1, true)))
                .given("""
                        +1 | 1 | a
                        +3 | 2 | ''
                        +1 | 3 | NULL
                        """)
                .expect("""
                        +1 | 1 | a    | 1
                        +3 | 2 | NULL | NULL
                        +1 | 3 | NULL | NULL
                        """)
                .run();
    }

    @Test
    void givesTheEntriesOfAMap() {
        PlanNode map = collection(
                ScalarFunction.MAP_OF, SqlType.map(SqlType.VARCHAR, SqlType.INTEGER), column(ROWS, 1), column(ROWS, 0));
        OperatorHarness.of(withoutCollection(Plans.unnest(map, 1, false)))
                .given("+1 | 7 | x")
                .expect("+1 | 7 | x | 7 | 1")
                .run();
    }

    @Test
    void givesTheFieldsOfRows() {
        SqlType row = SqlType.row(List.of(new Field("a", SqlType.INTEGER), new Field("b", SqlType.VARCHAR)));
        ScalarExpression fields =
                new FunctionCall(ScalarFunction.ROW_OF, List.of(column(ROWS, 0), column(ROWS, 1)), row.notNull());
        PlanNode rows = collection(ScalarFunction.ARRAY_OF, SqlType.array(row), fields, Literal.nullOf(row));
        OperatorHarness.of(withoutCollection(Plans.unnest(rows, 1, false)))
                .given("+1 | 7 | x")
                .expect("""
                        +1 | 7 | 7    | x    | 1
                        +1 | 7 | NULL | NULL | 2
                        """)
                .run();
    }

    @Test
    void goesThroughSeveralTogether() {
        PlanNode parts =
                collection(ScalarFunction.SPLIT, SqlType.array(SqlType.VARCHAR), column(ROWS, 1), Literal.of(","));
        ScalarExpression numbers = new FunctionCall(
                ScalarFunction.ARRAY_OF, List.of(column(parts, 0), column(parts, 0)), SqlType.array(SqlType.INTEGER));
        PlanNode both = Plans.calc(parts, Optional.empty(), column(parts, 0), column(parts, 1), numbers);
        OperatorHarness.of(withoutCollection(Plans.unnest(both, List.of(1, 2), true), 1, 2))
                .given("""
                        +1 | 7 | a,b,c
                        +2 | 8 | x
                        """)
                .expect("""
                        +1 | 7 | a    | 7    | 1
                        +1 | 7 | b    | 7    | 2
                        +1 | 7 | c    | NULL | 3
                        +2 | 8 | x    | 8    | 1
                        +2 | 8 | NULL | 8    | 2
                        """)
                .leavesNoState()
                .run();
    }

    private static PlanNode withoutCollection(UnnestNode node) {
        return withoutCollection(node, 1);
    }

    /** Text tables have no collections. */
    private static PlanNode withoutCollection(UnnestNode node, Integer... collections) {
        List<Integer> kept = IntStream.range(0, node.type().size())
                .filter(i -> !List.of(collections).contains(i))
                .boxed()
                .toList();
        RowType type = new RowType(kept.stream().map(node.type()::field).toList());
        return new CalcNode(
                node,
                Optional.empty(),
                kept.stream().<ScalarExpression>map(i -> column(node, i)).toList(),
                type);
    }
}
