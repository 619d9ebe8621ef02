package io.thalweg.runtime.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.ReferenceEvaluator.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares compiled expressions with the naive evaluator on random trees and rows. */
final class ExpressionDifferentialTest {
    private static final int ROWS = 24;
    private static final int EXPRESSIONS = Integer.getInteger("thalweg.expressions", 600);

    @Test
    void computesWhatTheNaiveEvaluatorComputes() {
        long start = Long.getLong("thalweg.seed", 20_261_123L);
        List<AssertionError> failures = new ArrayList<>();
        for (long seed = start; seed < start + EXPRESSIONS && failures.size() < 5; seed++) {
            try {
                check(seed);
            } catch (AssertionError failure) {
                failures.add(failure);
            }
        }
        assertEquals(List.of(), failures);
    }

    private static void check(long seed) {
        RandomExpressions random = new RandomExpressions(seed);
        SqlType type = random.type();
        ScalarExpression expression = random.expression(type, 4);
        RowType input = random.columns();
        List<Object[]> good = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        List<Object[]> bad = new ArrayList<>();
        List<ErrorCode> codes = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Object[] row = new Object[input.size()];
            for (int column = 0; column < row.length; column++) {
                row[column] = random.columnValue(input.type(column));
            }
            try {
                expected.add(SqlValues.text(new ReferenceEvaluator(row).evaluate(expression)));
                good.add(row);
            } catch (Failure failure) {
                bad.add(row);
                codes.add(failure.code);
            }
        }
        String label = "seed " + seed + ": " + expression;
        RowType output = new RowType(List.of(new Field("r", type)));
        CalcFunction calc;
        try {
            calc = ExpressionCompiler.compile(input, Optional.empty(), List.of(expression), output);
        } catch (RuntimeException failure) {
            throw new AssertionError(label, failure);
        }
        List<Object> actual = new ArrayList<>();
        try {
            Column result = calc.apply(batch(input, good)).column(0);
            for (int i = 0; i < good.size(); i++) {
                actual.add(SqlValues.text(SqlValues.read(result, i, type)));
            }
        } catch (RuntimeException failure) {
            throw new AssertionError(label, failure);
        }
        assertEquals(expected, actual, label);
        for (int i = 0; i < bad.size(); i++) {
            DeltaBatch one = batch(input, List.<Object[]>of(bad.get(i)));
            ThalwegException failure = assertThrows(ThalwegException.class, () -> calc.apply(one), label);
            assertEquals(codes.get(i), failure.code(), label);
        }
        if (type.name() == TypeName.BOOLEAN) {
            checkFilter(input, expression, good, expected, label);
        }
    }

    private static void checkFilter(
            RowType input, ScalarExpression condition, List<Object[]> rows, List<Object> values, String label) {
        if (input.size() == 0) {
            return;
        }
        ScalarExpression column = new ColumnReference(0, input.type(0));
        RowType output = new RowType(List.of(input.field(0)));
        CalcFunction calc = ExpressionCompiler.compile(input, Optional.of(condition), List.of(column), output);
        Column result = calc.apply(batch(input, rows)).column(0);
        List<Object> actual = new ArrayList<>();
        for (int i = 0; i < result.rowCount(); i++) {
            actual.add(SqlValues.text(SqlValues.read(result, i, input.type(0))));
        }
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (values.get(i).equals("TRUE")) {
                expected.add(SqlValues.text(rows.get(i)[0]));
            }
        }
        assertEquals(expected, actual, label);
    }

    private static DeltaBatch batch(RowType input, List<Object[]> rows) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(input);
        for (Object[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                SqlValues.append(builder.column(column), row[column], input.type(column));
            }
            builder.endRow();
        }
        return coded(builder.build());
    }

    /** The batch with its texts in dictionaries. */
    private static DeltaBatch coded(DeltaBatch batch) {
        Column[] columns = batch.columns().toArray(Column[]::new);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof BytesColumn texts && i % 2 == 0 && batch.rowCount() > 0) {
                columns[i] = coded(texts);
            }
        }
        return new DeltaBatch(batch.rowCount(), columns, null);
    }

    private static BytesColumn coded(BytesColumn texts) {
        List<String> entries = new ArrayList<>();
        int[] codes = new int[texts.rowCount()];
        ColumnBuilder dictionary = new ColumnBuilder(PhysicalKind.BYTES);
        for (int row = 0; row < codes.length; row++) {
            byte[] bytes = texts.bytes(row);
            String entry = HexFormat.of().formatHex(bytes);
            if (!entries.contains(entry)) {
                entries.add(entry);
                dictionary.appendBytes(bytes, 0, bytes.length);
            }
            codes[row] = entries.indexOf(entry);
        }
        BytesColumn values = (BytesColumn) dictionary.build();
        int size = entries.size();
        return new BytesColumn(
                codes.length,
                values.data(),
                Arrays.copyOf(values.starts(), size),
                Arrays.copyOf(values.lengths(), size),
                codes,
                texts.nulls());
    }
}
