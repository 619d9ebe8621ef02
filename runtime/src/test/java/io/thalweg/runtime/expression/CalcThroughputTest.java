package io.thalweg.runtime.expression;

import static io.thalweg.model.expression.FunctionCall.of;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Prints how many rows per second some calculations take; a glance, no assertion on speed. */
final class CalcThroughputTest {
    private static final RowType INPUT = RowType.of(
            "auction", SqlType.BIGINT, "price", SqlType.BIGINT, "url", SqlType.VARCHAR, "ts", SqlType.timestamp(3));
    private static final ColumnReference AUCTION = new ColumnReference(0, SqlType.BIGINT);
    private static final ColumnReference PRICE = new ColumnReference(1, SqlType.BIGINT);
    private static final ColumnReference URL = new ColumnReference(2, SqlType.VARCHAR);
    private static final ColumnReference TIME = new ColumnReference(3, SqlType.timestamp(3));

    @Test
    void filterAndThreeColumns() {
        ScalarExpression condition = of(
                ScalarFunction.AND,
                SqlType.BOOLEAN,
                of(ScalarFunction.GREATER, SqlType.BOOLEAN, PRICE, Literal.of(1_000_000L)),
                of(ScalarFunction.LESS, SqlType.BOOLEAN, PRICE, Literal.of(50_000_000L)));
        measure("filter + 3 columns", Optional.of(condition), List.of(AUCTION, PRICE, TIME));
    }

    @Test
    void decimalProduct() {
        ScalarExpression decimal = of(ScalarFunction.CAST, SqlType.decimal(19, 0), PRICE);
        ScalarExpression factor = new Literal(908L, SqlType.decimal(3, 3).notNull());
        measure(
                "0.908 * price as DECIMAL(22, 3)",
                Optional.empty(),
                List.of(of(ScalarFunction.MULTIPLY, SqlType.decimal(22, 3), factor, decimal)));
    }

    @Test
    void texts() {
        measure(
                "url LIKE '%item%'",
                Optional.of(of(ScalarFunction.LIKE, SqlType.BOOLEAN, URL, Literal.of("%item%"))), List.of(AUCTION));
        measure(
                "SPLIT_INDEX(url, '/', 3)",
                Optional.empty(),
                List.of(of(ScalarFunction.SPLIT_INDEX, SqlType.VARCHAR, URL, Literal.of("/"), Literal.of(3))));
        measure("CAST(price AS VARCHAR)", Optional.empty(), List.of(of(ScalarFunction.CAST, SqlType.VARCHAR, PRICE)));
        measure(
                "DATE_FORMAT(ts, 'yyyy-MM-dd')",
                Optional.empty(),
                List.of(of(ScalarFunction.DATE_FORMAT, SqlType.VARCHAR, TIME, Literal.of("yyyy-MM-dd"))));
        measure(
                "EXTRACT(HOUR FROM ts)",
                Optional.empty(),
                List.of(of(ScalarFunction.EXTRACT, SqlType.BIGINT, Literal.of("HOUR"), TIME)));
    }

    private static void measure(
            String label, Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        Object[] fields = new Object[projections.size() * 2];
        for (int i = 0; i < projections.size(); i++) {
            fields[2 * i] = "c" + i;
            fields[2 * i + 1] = projections.get(i).type();
        }
        CalcFunction calc = ExpressionCompiler.compile(INPUT, condition, projections, RowType.of(fields));
        DeltaBatch batch = batch();
        long best = Long.MAX_VALUE;
        long rows = 0;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                rows += calc.apply(batch).rowCount();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        assertTrue(rows > 0);
        System.out.printf("%-34s %6.1f M rows/s%n", label, 400.0 * batch.rowCount() * 1_000 / best);
    }

    private static DeltaBatch batch() {
        Random random = new Random(7);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(INPUT);
        for (int i = 0; i < DeltaBatch.TARGET_ROWS; i++) {
            builder.column(0).appendLong(1_000 + random.nextInt(500));
            builder.column(1).appendLong(random.nextInt(100_000_000));
            builder.column(2).appendText("https://www.nexmark.com/" + random.nextInt(1_000) + "/item.htm?query=1");
            builder.column(3).appendLong(1_700_000_000_000_000L + i * 1_000L);
            builder.endRow();
        }
        return builder.build();
    }
}
