package io.thalweg.server.query;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random conditions over a row, of comparisons with constants near the values that {@link #value} makes. */
final class RandomConditions {
    private static final List<ScalarFunction> COMPARISONS = List.of(
            ScalarFunction.EQUAL,
            ScalarFunction.NOT_EQUAL,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL);
    private static final List<ScalarFunction> TESTS = List.of(
            ScalarFunction.IS_TRUE,
            ScalarFunction.IS_NOT_TRUE,
            ScalarFunction.IS_FALSE,
            ScalarFunction.IS_NOT_FALSE,
            ScalarFunction.NOT);

    private final Random random;
    private final RowType type;

    RandomConditions(Random random, RowType type) {
        this.random = random;
        this.type = type;
    }

    ScalarExpression next(int depth) {
        int choice = random.nextInt(depth == 0 ? 5 : 9);
        if (choice < 3) {
            return comparison();
        }
        if (choice == 3) {
            return in();
        }
        if (choice == 4) {
            return call(
                    random.nextBoolean() ? ScalarFunction.IS_NULL : ScalarFunction.IS_NOT_NULL,
                    List.of(reference(random.nextInt(type.size()))));
        }
        if (choice == 5) {
            return call(pick(TESTS), List.of(next(depth - 1)));
        }
        List<ScalarExpression> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            parts.add(next(depth - 1));
        }
        return call(choice == 6 ? ScalarFunction.OR : ScalarFunction.AND, parts);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static ScalarExpression call(ScalarFunction function, List<ScalarExpression> arguments) {
        return new FunctionCall(function, arguments, SqlType.BOOLEAN);
    }

    private ScalarExpression comparison() {
        int column = random.nextInt(type.size());
        if (type.type(column).name() == TypeName.BOOLEAN && random.nextBoolean()) {
            return reference(column);
        }
        ScalarExpression constant = constant(column);
        List<ScalarExpression> sides =
                random.nextInt(4) == 0 ? List.of(constant, reference(column)) : List.of(reference(column), constant);
        return call(pick(COMPARISONS), sides);
    }

    private ScalarExpression in() {
        int column = random.nextInt(type.size());
        List<ScalarExpression> arguments = new ArrayList<>(List.of(reference(column)));
        for (int i = random.nextInt(3); i >= 0; i--) {
            arguments.add(constant(column));
        }
        return call(ScalarFunction.IN, arguments);
    }

    private ScalarExpression reference(int column) {
        return new ColumnReference(column, type.type(column));
    }

    private Literal constant(int column) {
        SqlType columnType = type.type(column);
        if (random.nextInt(12) == 0) {
            return Literal.nullOf(columnType);
        }
        int center = random.nextInt(2_000);
        if (columnType.name() == TypeName.DECIMAL) {
            // Another scale than the column's.
            SqlType finer = SqlType.decimal(columnType.precision(), columnType.scale() + 1)
                    .notNull();
            long unscaled = 10L * center + random.nextInt(3) - 1;
            return finer.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION
                    ? new Literal(Int128.of(BigInteger.valueOf(unscaled).shiftLeft(30)), finer)
                    : new Literal(unscaled, finer);
        }
        Object value = value(random, columnType, center);
        if (columnType.name() == TypeName.CHAR && random.nextBoolean()) {
            value = ((String) value).stripTrailing();
        }
        return new Literal(value, columnType.notNull());
    }

    /** A value whose place in the order of its type grows with a number, mostly. */
    static Object value(Random random, SqlType type, int center) {
        return switch (type.name()) {
            case BOOLEAN -> center % 700 < 350 ? 0 : 1;
            case INTEGER, DATE -> center - 1_000;
            case DOUBLE ->
                switch (random.nextInt(40)) {
                    case 0 -> Double.NaN;
                    case 1 -> -0.0;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    default -> (center - 1_000) / 8.0;
                };
            case DECIMAL ->
                type.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION
                        ? Int128.of(BigInteger.valueOf(center).shiftLeft(30))
                        : (Object) (long) center;
            case VARCHAR -> center % 5 == 0 ? "" : "a long common prefix".substring(0, center % 21) + center;
            case CHAR -> String.format("%-6s", new String[] {"a", "a\t", "b" + center % 9, ""}[center % 4]);
            case VARBINARY -> Integer.toString(center).getBytes(StandardCharsets.UTF_8);
            default -> (long) center;
        };
    }
}
