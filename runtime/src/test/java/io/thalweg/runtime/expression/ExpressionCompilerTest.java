package io.thalweg.runtime.expression;

import static io.thalweg.model.expression.FunctionCall.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.compiler.ProgramCompiler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.janino.SimpleCompiler;
import org.junit.jupiter.api.Test;

final class ExpressionCompilerTest {
    private static final RowType INPUT = RowType.of("n", SqlType.BIGINT, "t", SqlType.VARCHAR);
    private static final ColumnReference N = new ColumnReference(0, SqlType.BIGINT);
    private static final ColumnReference T = new ColumnReference(1, SqlType.VARCHAR);

    private static DeltaBatch batch(int rows) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(INPUT);
        for (int i = 0; i < rows; i++) {
            builder.column(0).appendLong(i);
            if (i % 5 == 4) {
                builder.column(1).appendNull();
            } else {
                builder.column(1).appendText("t" + i);
            }
            builder.endRow(i % 2 == 0 ? 1 : -1);
        }
        return builder.build();
    }

    private static ScalarExpression above(long bound) {
        return of(ScalarFunction.GREATER, SqlType.BOOLEAN, N, Literal.of(bound));
    }

    private static String text(DeltaBatch batch, RowType type) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int column = 0; column < type.size(); column++) {
                text.append(SqlValues.text(SqlValues.read(batch.column(column), row, type.type(column))))
                        .append(' ');
            }
            text.append(batch.weight(row)).append('\n');
        }
        return text.toString();
    }

    @Test
    void returnsTheInputWhenNothingChanges() {
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.of(above(-1)), List.of(N, T), INPUT);
        DeltaBatch batch = batch(5);
        assertSame(batch, calc.apply(batch));
    }

    @Test
    void keepsColumnsWhenAllRowsStay() {
        RowType output = RowType.of("t", SqlType.VARCHAR, "m", SqlType.BIGINT);
        ScalarExpression negated = of(ScalarFunction.NEGATE, SqlType.BIGINT, N);
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.empty(), List.of(T, negated), output);
        DeltaBatch batch = batch(3);
        DeltaBatch result = calc.apply(batch);
        assertSame(batch.column(1), result.column(0));
        assertEquals("'t0' 0 1\n't1' -1 -1\n't2' -2 1\n", text(result, output));
    }

    @Test
    void carriesWeightsOfChosenRows() {
        CalcFunction calc = ExpressionCompiler.compile(
                INPUT,
                Optional.of(above(2)),
                List.of(N, T, T),
                RowType.of("n", SqlType.BIGINT, "t", SqlType.VARCHAR, "u", SqlType.VARCHAR));
        DeltaBatch result = calc.apply(batch(6));
        assertEquals("3 't3' -1\n4 NULL 1\n5 't5' -1\n", text(result, INPUT));
        assertSame(result.column(1), result.column(2));
    }

    @Test
    void returnsNoRowsOfTheOutputTypeWhenNoneIsLeft() {
        RowType output = RowType.of("d", SqlType.decimal(30, 2));
        ScalarExpression decimal = of(ScalarFunction.CAST, SqlType.decimal(30, 2), N);
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.of(above(99)), List.of(decimal), output);
        DeltaBatch result = calc.apply(batch(6));
        assertEquals(0, result.rowCount());
        assertEquals(output.type(0).kind(), result.column(0).kind());
    }

    @Test
    void leavesEarlierResultsAlone() {
        ScalarExpression upper = of(ScalarFunction.UPPER, SqlType.VARCHAR, T);
        RowType output = RowType.of("u", SqlType.VARCHAR);
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.of(above(0)), List.of(upper), output);
        DeltaBatch first = calc.apply(batch(4));
        String before = text(first, output);
        calc.apply(batch(7));
        assertEquals(before, text(first, output));
        assertEquals("'T1' -1\n'T2' 1\n'T3' -1\n", before);
    }

    @Test
    void sharesTheBytesOfPartsOfTexts() {
        ScalarExpression part = of(ScalarFunction.SUBSTRING, SqlType.VARCHAR, T, Literal.of(2));
        CalcFunction calc =
                ExpressionCompiler.compile(INPUT, Optional.empty(), List.of(part), RowType.of("p", SqlType.VARCHAR));
        DeltaBatch batch = batch(4);
        BytesColumn result = calc.apply(batch).bytesColumn(0);
        assertSame(batch.bytesColumn(1).data(), result.data());
        assertEquals("3", result.text(3));
    }

    @Test
    void castsProjectionsToTheOutputType() {
        RowType output = RowType.of("d", SqlType.decimal(5, 2));
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.empty(), List.of(N), output);
        assertEquals("0.00 1\n1.00 -1\n", text(calc.apply(batch(2)), output));
    }

    /** Two entries, four rows, one of them NULL. */
    private static DeltaBatch dictionaryBatch() {
        byte[] data = "abx9".getBytes(StandardCharsets.UTF_8);
        Column texts = new BytesColumn(70, data, new int[] {0, 2}, new int[] {2, 2}, codes(), new long[] {2, 0});
        DeltaBatch numbers = batch(70);
        return new DeltaBatch(70, new Column[] {numbers.column(0), texts}, null);
    }

    private static int[] codes() {
        int[] codes = new int[70];
        codes[2] = 1;
        return codes;
    }

    @Test
    void evaluatesDictionaries() {
        RowType output = RowType.of("u", SqlType.VARCHAR, "l", SqlType.INTEGER, "c", SqlType.VARCHAR);
        List<ScalarExpression> projections = List.of(
                of(ScalarFunction.UPPER, SqlType.VARCHAR, T),
                of(ScalarFunction.POSITION, SqlType.INTEGER, Literal.of("b"), T),
                of(ScalarFunction.COALESCE, SqlType.VARCHAR, T, Literal.of("none")));
        CalcFunction all = ExpressionCompiler.compile(INPUT, Optional.empty(), projections, output);
        String text = text(all.apply(dictionaryBatch()), output);
        assertTrue(text.startsWith("'AB' 2 'ab' 1\nNULL NULL 'none' 1\n'X9' 0 'x9' 1\n'AB' 2 'ab' 1\n"), text);
        assertTrue(all.apply(dictionaryBatch()).bytesColumn(0).codes() != null, "a coded result");
        ScalarExpression condition = of(ScalarFunction.NOT_EQUAL, SqlType.BOOLEAN, T, Literal.of("ab"));
        CalcFunction some = ExpressionCompiler.compile(INPUT, Optional.of(condition), projections, output);
        assertEquals("'X9' 0 'x9' 1\n", text(some.apply(dictionaryBatch()), output));
    }

    @Test
    void reportsOnlyRowsThatAreThereOfADictionary() {
        ScalarExpression number = of(ScalarFunction.CAST, SqlType.INTEGER, T);
        RowType output = RowType.of("i", SqlType.INTEGER);
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.empty(), List.of(number), output);
        byte[] data = "7x".getBytes(StandardCharsets.UTF_8);
        Column texts = new BytesColumn(70, data, new int[] {0, 1}, new int[] {1, 1}, new int[70], null);
        DeltaBatch result =
                calc.apply(new DeltaBatch(70, new Column[] {batch(70).column(0), texts}, null));
        assertTrue(text(result, output).startsWith("7 1\n7 1\n"));
    }

    @Test
    void evaluatesConstants() {
        ScalarExpression sum = of(ScalarFunction.ADD, SqlType.INTEGER.notNull(), Literal.of(1), Literal.of(2));
        assertEquals(new Literal(3, SqlType.INTEGER.notNull()), ExpressionCompiler.evaluate(sum));
        Literal none =
                ExpressionCompiler.evaluate(of(ScalarFunction.UPPER, SqlType.VARCHAR, Literal.nullOf(SqlType.VARCHAR)));
        assertNull(none.value());
    }

    @Test
    void refusesParametersAndUndefinedFunctions() {
        ScalarExpression parameter =
                of(ScalarFunction.ADD, SqlType.BIGINT, N, new ParameterReference(0, SqlType.BIGINT));
        assertEquals(ErrorCode.PARAMETER_MISMATCH, codeOf(parameter, SqlType.BIGINT));
        ScalarExpression sine = of(ScalarFunction.SINE, SqlType.VARCHAR, T);
        assertEquals(ErrorCode.UNDEFINED_FUNCTION, codeOf(sine, SqlType.VARCHAR));
    }

    private static ErrorCode codeOf(ScalarExpression expression, SqlType type) {
        return assertThrows(
                        ThalwegException.class,
                        () -> ExpressionCompiler.compile(
                                INPUT, Optional.empty(), List.of(expression), RowType.of("r", type)))
                .code();
    }

    @Test
    void implementsEveryFunction() {
        assertEquals(EnumSet.allOf(ScalarFunction.class), EnumSet.copyOf(ProgramCompiler.functions()));
    }

    @Test
    void splitsExpressionsThatAreTooLongForOneMethod() {
        List<ScalarExpression> branches = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            branches.add(of(ScalarFunction.EQUAL, SqlType.BOOLEAN, N, Literal.of((long) i)));
            branches.add(of(ScalarFunction.CONCATENATE, SqlType.VARCHAR, T, Literal.of("-" + i)));
        }
        branches.add(Literal.of("other"));
        ScalarExpression wide = new FunctionCall(ScalarFunction.CASE, branches, SqlType.VARCHAR);
        checkSize(wide, "'t1-1' 't1' NULL ", 1);
        checkSize(wide, "'t1998-1998' ", 1_998);
    }

    @Test
    void splitsLongConnectives() {
        List<ScalarExpression> operands = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ScalarExpression sum = of(ScalarFunction.ADD, SqlType.BIGINT, N, Literal.of((long) i));
            operands.add(of(ScalarFunction.EQUAL, SqlType.BOOLEAN, sum, Literal.of(2_999L)));
        }
        checkSize(new FunctionCall(ScalarFunction.OR, operands, SqlType.BOOLEAN), "TRUE ", 0);
        checkSize(new FunctionCall(ScalarFunction.AND, operands, SqlType.BOOLEAN), "FALSE ", 0);
    }

    @Test
    void compilesLongChainsAndDeepNests() {
        ScalarExpression chain = N;
        for (int i = 0; i < 300; i++) {
            chain = of(ScalarFunction.ADD, SqlType.BIGINT, chain, Literal.of(1L));
        }
        checkSize(chain, "307 ", 7);
        ScalarExpression nest = Literal.of(0L);
        for (int i = 0; i < 128; i++) {
            nest = of(ScalarFunction.CASE, SqlType.BIGINT, above(i), nest, Literal.of((long) i));
        }
        checkSize(nest, "127 ", 7);
        ScalarExpression connectives = above(0);
        for (int i = 0; i < 128; i++) {
            ScalarFunction function = i % 2 == 0 ? ScalarFunction.OR : ScalarFunction.AND;
            connectives = of(function, SqlType.BOOLEAN, connectives, above(1));
        }
        checkSize(connectives, "TRUE ", 7);
    }

    private static void checkSize(ScalarExpression expression, String expected, int row) {
        RowType output = RowType.of("r", expression.type());
        CalcFunction calc = ExpressionCompiler.compile(INPUT, Optional.empty(), List.of(expression), output);
        DeltaBatch result = calc.apply(batch(2_000).slice(row, 1));
        Object value = SqlValues.read(result.column(0), 0, expression.type());
        assertEquals(expected.split(" ")[0], SqlValues.text(value));
        int longest = longestMethod(ProgramCompiler.sourceText(INPUT, Optional.of(above(0)), List.of(expression)));
        assertTrue(longest < 8_000, "a method of " + longest + " bytecodes");
    }

    private static int longestMethod(String source) {
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(ExpressionCompilerTest.class.getClassLoader());
            compiler.cook(source);
            int longest = 0;
            for (Map.Entry<String, byte[]> entry : compiler.getBytecodes().entrySet()) {
                longest = Math.max(longest, ClassFileMethods.longest(entry.getValue()));
            }
            return longest;
        } catch (Exception failure) {
            throw new AssertionError(source, failure);
        }
    }
}
