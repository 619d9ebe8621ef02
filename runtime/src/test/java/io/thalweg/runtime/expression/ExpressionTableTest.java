package io.thalweg.runtime.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the tables in {@code *.txt}: a line is an expression and its value or error code. Each is evaluated as a constant
 * and, with its literals in columns, by a compiled loop.
 */
final class ExpressionTableTest {
    private static final List<String> TABLES =
            List.of("arithmetic.txt", "comparison.txt", "logic.txt", "cast.txt", "text.txt", "datetime.txt");

    /** Their literal arguments are read when the expression is compiled. */
    private static final Set<ScalarFunction> WITH_LITERALS = Set.of(
            ScalarFunction.IN,
            ScalarFunction.EXTRACT,
            ScalarFunction.FLOOR_DATETIME,
            ScalarFunction.CEILING_DATETIME,
            ScalarFunction.DATETIME_DIFFERENCE,
            ScalarFunction.DATE_FORMAT,
            ScalarFunction.PARSE_TIMESTAMP);

    @TestFactory
    Stream<DynamicTest> everyLineHasItsValue() {
        return TABLES.stream()
                .flatMap(table -> lines(table).stream()
                        .map(line -> DynamicTest.dynamicTest(table + ": " + line, () -> check(line))));
    }

    private static List<String> lines(String table) {
        try (InputStream stream = ExpressionTableTest.class.getResourceAsStream(table)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException failure) {
            throw new IllegalStateException(table, failure);
        }
    }

    private static void check(String line) {
        int bar = line.lastIndexOf('|');
        String expected = line.substring(bar + 1).strip();
        ScalarExpression expression =
                ExpressionText.parse(line.substring(0, bar).strip());
        assertEquals(expected, constant(expression), "as a constant");
        assertEquals(expected, column(expression), "over columns");
    }

    private static String constant(ScalarExpression expression) {
        try {
            Literal literal = ExpressionCompiler.evaluate(expression);
            return SqlValues.text(SqlValues.fromStored(literal.value(), expression.type()));
        } catch (ThalwegException failure) {
            return failure.code().name();
        }
    }

    private static String column(ScalarExpression expression) {
        List<Literal> literals = new ArrayList<>();
        ScalarExpression overColumns = withColumns(expression, literals);
        List<Field> fields = new ArrayList<>();
        for (Literal literal : literals) {
            fields.add(new Field("c" + fields.size(), literal.type().withNullable(true)));
        }
        RowType input = new RowType(fields);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(input);
        // A row of NULLs before shows that no value is left over from row to row.
        for (int row = 0; row < 2; row++) {
            for (int i = 0; i < literals.size(); i++) {
                Object value = SqlValues.fromStored(
                        literals.get(i).value(), literals.get(i).type());
                SqlValues.append(
                        builder.column(i),
                        row == 0 ? null : value,
                        literals.get(i).type());
            }
            builder.endRow();
        }
        RowType output = new RowType(List.of(new Field("r", expression.type())));
        try {
            CalcFunction calc = ExpressionCompiler.compile(input, Optional.empty(), List.of(overColumns), output);
            DeltaBatch result = calc.apply(builder.build());
            return SqlValues.text(SqlValues.read(result.column(0), 1, expression.type()));
        } catch (ThalwegException failure) {
            return failure.code().name();
        }
    }

    private static ScalarExpression withColumns(ScalarExpression expression, List<Literal> literals) {
        if (expression instanceof Literal literal) {
            literals.add(literal);
            return new ColumnReference(literals.size() - 1, literal.type().withNullable(true));
        }
        FunctionCall call = (FunctionCall) expression;
        List<ScalarExpression> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            boolean kept = WITH_LITERALS.contains(call.function())
                    && call.argument(i) instanceof Literal
                    && !(call.function() == ScalarFunction.IN && i == 0)
                    && !(call.function() != ScalarFunction.IN && !isTextLiteral(call.argument(i)))
                    && !(call.function() == ScalarFunction.PARSE_TIMESTAMP && i == 0);
            arguments.add(kept ? call.argument(i) : withColumns(call.argument(i), literals));
        }
        return new FunctionCall(call.function(), arguments, call.type());
    }

    private static boolean isTextLiteral(ScalarExpression expression) {
        return expression.type().name().isText();
    }
}
