package io.thalweg.runtime.operator;

import static io.thalweg.runtime.testkit.Plans.column;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CollectionAggregateTest {
    private static final ScanNode ROWS =
            Plans.table("rows", "g", SqlType.INTEGER, "k", SqlType.VARCHAR, "v", SqlType.INTEGER);

    /** The group and the text of what is collected from rows of these fields. */
    private static PlanNode collected(
            AggregateFunction function, boolean distinct, SqlType result, ScalarExpression... fields) {
        List<Field> types =
                List.of(fields).stream().map(f -> new Field("f", f.type())).toList();
        SqlType row = SqlType.row(types).notNull();
        ScalarExpression argument = new FunctionCall(ScalarFunction.ROW_OF, List.of(fields), row);
        PlanNode rows = new CalcNode(
                ROWS,
                Optional.empty(),
                List.of(column(ROWS, 0), argument),
                new RowType(List.of(new Field("g", SqlType.INTEGER), new Field("r", row))));
        AggregateCall call = new AggregateCall(function, OptionalInt.of(1), OptionalInt.empty(), distinct, result);
        PlanNode aggregate = new AggregateNode(
                rows,
                List.of(0),
                List.of(call),
                Optional.empty(),
                new RowType(List.of(new Field("g", SqlType.INTEGER), new Field("c", result))));
        return new CalcNode(
                aggregate,
                Optional.empty(),
                List.of(
                        column(aggregate, 0),
                        FunctionCall.of(ScalarFunction.CAST, SqlType.VARCHAR, column(aggregate, 1))),
                RowType.of("g", SqlType.INTEGER, "text", SqlType.VARCHAR));
    }

    @Test
    void ordersByValueAndKeepsCopies() {
        OperatorHarness.of(collected(
                        AggregateFunction.ARRAY_AGGREGATE, false, SqlType.array(SqlType.INTEGER), column(ROWS, 2)))
                .given("""
                        +2 | 1 | a | 7
                        +1 | 1 | b | NULL
                        +1 | 1 | c | -3
                        +1 | 2 | d | 5
                        """)
                .expect("""
                        +1 | 1 | [-3, 7, 7, NULL]
                        +1 | 2 | [5]
                        """)
                .given("""
                        -1 | 1 | a | 7
                        -1 | 2 | d | 5
                        """)
                .expect("""
                        -1 | 1 | [-3, 7, 7, NULL]
                        +1 | 1 | [-3, 7, NULL]
                        -1 | 2 | [5]
                        """)
                .run();
    }

    @Test
    void ordersByAKeyDownwards() {
        ScalarExpression key = FunctionCall.of(
                ScalarFunction.SORT_KEY,
                SqlType.VARBINARY.notNull(),
                column(ROWS, 1),
                Literal.of(true),
                Literal.of(false));
        OperatorHarness.of(collected(
                        AggregateFunction.ARRAY_AGGREGATE, false, SqlType.array(SqlType.INTEGER), key, column(ROWS, 2)))
                .given("""
                        +1 | 1 | a    | 1
                        +1 | 1 | ab   | 2
                        +1 | 1 | NULL | 3
                        +1 | 1 | b    | 4
                        """)
                .expect("+1 | 1 | [4, 2, 1, 3]")
                .run();
    }

    @Test
    void keepsOneOfEachWhenDistinct() {
        OperatorHarness.of(collected(
                        AggregateFunction.ARRAY_AGGREGATE, true, SqlType.array(SqlType.VARCHAR), column(ROWS, 1)))
                .given("""
                        +3 | 1 | b | 0
                        +1 | 1 | a | 0
                        """)
                .expect("+1 | 1 | [a, b]")
                .given("-2 | 1 | b | 0")
                .expect("")
                .given("-1 | 1 | b | 0")
                .expect("""
                        -1 | 1 | [a, b]
                        +1 | 1 | [a]
                        """)
                .run();
    }

    @Test
    void takesTheGreatestValueOfAKey() {
        OperatorHarness.of(collected(
                        AggregateFunction.MAP_AGGREGATE,
                        false,
                        SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
                        column(ROWS, 1),
                        column(ROWS, 2)))
                .given("""
                        +1 | 1 | a    | 1
                        +1 | 1 | a    | 5
                        +1 | 1 | NULL | 3
                        +1 | 1 | b    | 4
                        """)
                .expect("+1 | 1 | {a=5, b=4}")
                .given("-1 | 1 | a | 5")
                .expect("""
                        -1 | 1 | {a=5, b=4}
                        +1 | 1 | {a=1, b=4}
                        """)
                .run();
    }
}
