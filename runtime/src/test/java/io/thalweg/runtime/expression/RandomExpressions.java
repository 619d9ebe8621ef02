package io.thalweg.runtime.expression;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws typed expressions over columns that it makes up, and values for the columns, many of them extreme. */
final class RandomExpressions {
    private static final String[] PIECES = {
        "a", "A", "b", " ", "ä", "😀", "/", "%", "_", "1", "-", ".", "ß", "2024-01-01"
    };
    private static final String[] UNITS = {"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"};
    private static final String[] FIELDS = {
        "YEAR",
        "QUARTER",
        "MONTH",
        "WEEK",
        "ISOYEAR",
        "DAY",
        "DOW",
        "ISODOW",
        "DOY",
        "HOUR",
        "MINUTE",
        "SECOND",
        "MILLISECOND",
        "MICROSECOND",
        "EPOCH"
    };

    private final Random random;
    private final List<Field> columns = new ArrayList<>();

    RandomExpressions(long seed) {
        random = new Random(seed);
    }

    RowType columns() {
        return new RowType(columns);
    }

    SqlType type() {
        return switch (random.nextInt(17)) {
            case 0 -> SqlType.TINYINT;
            case 1 -> SqlType.SMALLINT;
            case 2, 3 -> SqlType.INTEGER;
            case 4, 5 -> SqlType.BIGINT;
            case 6 -> SqlType.REAL;
            case 7 -> SqlType.DOUBLE;
            case 8, 9, 10 -> decimal();
            case 11 -> SqlType.VARCHAR;
            case 12 -> random.nextBoolean() ? SqlType.character(1 + random.nextInt(5)) : SqlType.VARBINARY;
            case 13 -> SqlType.DATE;
            case 14 -> SqlType.time(random.nextInt(7));
            case 15 -> random.nextBoolean() ? SqlType.timestamp(random.nextInt(7)) : SqlType.timestampLtz(3);
            default -> SqlType.BOOLEAN;
        };
    }

    private SqlType decimal() {
        int precision = 1 + random.nextInt(random.nextBoolean() ? 18 : 38);
        return SqlType.decimal(precision, random.nextInt(precision + 1));
    }

    ScalarExpression expression(SqlType type, int depth) {
        if (depth <= 0 || random.nextInt(8) == 0) {
            return leaf(type);
        }
        int choice = random.nextInt(10);
        if (choice == 0) {
            return call(
                    ScalarFunction.CASE,
                    type,
                    expression(SqlType.BOOLEAN, depth - 1),
                    expression(type, depth - 1),
                    expression(SqlType.BOOLEAN, depth - 1),
                    leaf(type),
                    expression(type, depth - 1));
        }
        if (choice == 1) {
            ScalarFunction function = pick(ScalarFunction.COALESCE, ScalarFunction.GREATEST, ScalarFunction.LEAST);
            return call(function, type, expression(type, depth - 1), expression(type, depth - 1));
        }
        if (choice == 2 && type.name() != TypeName.VARBINARY) {
            return cast(type, depth);
        }
        return switch (type.name()) {
            case BOOLEAN -> truth(depth);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(type, depth);
            case REAL, DOUBLE -> number(type, depth);
            case DECIMAL -> decimal(type, depth);
            case VARCHAR -> text(depth);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> datetime(type, depth);
            case INTERVAL_MICROS -> {
                SqlType operand = random.nextBoolean() ? SqlType.DATE : SqlType.timestamp(6);
                yield call(ScalarFunction.SUBTRACT_DATETIME, type, expression(operand, depth - 1), leaf(operand));
            }
            default -> leaf(type);
        };
    }

    private ScalarExpression cast(SqlType type, int depth) {
        SqlType from = type();
        for (int attempt = 0; attempt < 50 && !castable(from.name(), type.name()); attempt++) {
            from = type();
        }
        if (!castable(from.name(), type.name())) {
            return leaf(type);
        }
        return call(pick(ScalarFunction.CAST, ScalarFunction.TRY_CAST), type, expression(from, depth - 1));
    }

    private static boolean castable(TypeName from, TypeName to) {
        boolean numeric = from.isNumeric() || from == TypeName.BOOLEAN;
        return switch (to) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> numeric || from.isText();
            case CHAR, VARCHAR -> true;
            case DATE, TIME -> from == to || from.isText() || from.isTimestamp();
            case TIMESTAMP, TIMESTAMP_LTZ -> from == TypeName.DATE || from.isText() || from.isTimestamp();
            default -> false;
        };
    }

    private ScalarExpression truth(int depth) {
        SqlType operand = type();
        ScalarExpression left = expression(operand, depth - 1);
        SqlType other = operand.name() == TypeName.DECIMAL ? decimal() : operand;
        switch (random.nextInt(7)) {
            case 0:
                return call(
                        pick(ScalarFunction.AND, ScalarFunction.OR),
                        SqlType.BOOLEAN,
                        expression(SqlType.BOOLEAN, depth - 1),
                        expression(SqlType.BOOLEAN, depth - 1),
                        expression(SqlType.BOOLEAN, depth - 1));
            case 1:
                return call(
                        pick(
                                ScalarFunction.NOT,
                                ScalarFunction.IS_TRUE,
                                ScalarFunction.IS_NOT_TRUE,
                                ScalarFunction.IS_FALSE,
                                ScalarFunction.IS_NOT_FALSE),
                        SqlType.BOOLEAN,
                        expression(SqlType.BOOLEAN, depth - 1));
            case 2:
                return call(pick(ScalarFunction.IS_NULL, ScalarFunction.IS_NOT_NULL), SqlType.BOOLEAN, left);
            case 3:
                List<ScalarExpression> list = new ArrayList<>(List.of(left));
                for (int i = random.nextInt(12); i >= 0; i--) {
                    list.add(random.nextInt(20) == 0 ? Literal.nullOf(other) : literal(other));
                }
                return new FunctionCall(ScalarFunction.IN, list, SqlType.BOOLEAN);
            case 4:
                return call(
                        pick(
                                ScalarFunction.LIKE,
                                ScalarFunction.LIKE_IGNORE_CASE,
                                ScalarFunction.STARTS_WITH,
                                ScalarFunction.ENDS_WITH,
                                ScalarFunction.CONTAINS),
                        SqlType.BOOLEAN,
                        expression(SqlType.VARCHAR, depth - 1),
                        leaf(SqlType.VARCHAR));
            case 5:
                return call(
                        pick(ScalarFunction.IS_DISTINCT_FROM, ScalarFunction.IS_NOT_DISTINCT_FROM),
                        SqlType.BOOLEAN,
                        left,
                        expression(other, depth - 1));
            default:
                return call(
                        pick(
                                ScalarFunction.EQUAL,
                                ScalarFunction.NOT_EQUAL,
                                ScalarFunction.LESS,
                                ScalarFunction.LESS_OR_EQUAL,
                                ScalarFunction.GREATER,
                                ScalarFunction.GREATER_OR_EQUAL),
                        SqlType.BOOLEAN,
                        left,
                        expression(other, depth - 1));
        }
    }

    private ScalarExpression integer(SqlType type, int depth) {
        if (type.name() == TypeName.INTEGER && random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? call(ScalarFunction.CHARACTER_LENGTH, type, expression(SqlType.VARCHAR, depth - 1))
                    : call(
                            ScalarFunction.POSITION,
                            type,
                            leaf(SqlType.VARCHAR),
                            expression(SqlType.VARCHAR, depth - 1));
        }
        if (type.name() == TypeName.BIGINT && random.nextInt(3) == 0) {
            SqlType operand = random.nextBoolean() ? SqlType.DATE : SqlType.timestamp(6);
            return random.nextBoolean()
                    ? call(ScalarFunction.EXTRACT, type, Literal.of(pick(FIELDS)), expression(operand, depth - 1))
                    : call(
                            ScalarFunction.DATETIME_DIFFERENCE,
                            type,
                            Literal.of(pick(UNITS)),
                            expression(operand, depth - 1),
                            leaf(operand));
        }
        if (random.nextInt(6) == 0) {
            return call(
                    pick(ScalarFunction.ROUND, ScalarFunction.TRUNCATE), type, expression(type, depth - 1), digits());
        }
        return number(type, depth);
    }

    private Literal digits() {
        return Literal.of(random.nextInt(24) - 12);
    }

    private ScalarExpression number(SqlType type, int depth) {
        return switch (random.nextInt(4)) {
            case 0 ->
                call(
                        pick(
                                ScalarFunction.NEGATE,
                                ScalarFunction.ABSOLUTE,
                                ScalarFunction.SIGN,
                                ScalarFunction.FLOOR,
                                ScalarFunction.CEILING),
                        type,
                        expression(type, depth - 1));
            default ->
                call(
                        pick(
                                ScalarFunction.ADD,
                                ScalarFunction.SUBTRACT,
                                ScalarFunction.MULTIPLY,
                                ScalarFunction.DIVIDE,
                                ScalarFunction.MODULO),
                        type,
                        expression(type, depth - 1),
                        expression(type, depth - 1));
        };
    }

    private ScalarExpression decimal(SqlType type, int depth) {
        ScalarExpression left = expression(decimal(), depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> call(pick(ScalarFunction.NEGATE, ScalarFunction.ABSOLUTE), type, expression(type, depth - 1));
            case 1 -> call(pick(ScalarFunction.ROUND, ScalarFunction.TRUNCATE), type, left, digits());
            case 2 -> call(pick(ScalarFunction.FLOOR, ScalarFunction.CEILING, ScalarFunction.SIGN), type, left);
            default ->
                call(
                        pick(
                                ScalarFunction.ADD,
                                ScalarFunction.SUBTRACT,
                                ScalarFunction.MULTIPLY,
                                ScalarFunction.DIVIDE,
                                ScalarFunction.MODULO),
                        type,
                        left,
                        expression(decimal(), depth - 1));
        };
    }

    private ScalarExpression text(int depth) {
        SqlType type = SqlType.VARCHAR;
        ScalarExpression value = expression(type, depth - 1);
        Literal number = Literal.of(random.nextInt(12) - 3);
        return switch (random.nextInt(9)) {
            case 0 -> call(ScalarFunction.CONCATENATE, type, value, expression(type, depth - 1), leaf(type));
            case 1 -> call(pick(ScalarFunction.UPPER, ScalarFunction.LOWER, ScalarFunction.REVERSE), type, value);
            case 2 -> call(ScalarFunction.SUBSTRING, type, value, number, Literal.of(random.nextInt(8) - 1));
            case 3 -> call(ScalarFunction.SUBSTRING, type, value, number);
            case 4 ->
                call(
                        pick(ScalarFunction.TRIM_BOTH, ScalarFunction.TRIM_LEADING, ScalarFunction.TRIM_TRAILING),
                        type,
                        value,
                        leaf(type));
            case 5 -> call(ScalarFunction.REPLACE, type, value, leaf(type), leaf(type));
            case 6 -> call(pick(ScalarFunction.LEFT, ScalarFunction.RIGHT, ScalarFunction.REPEAT), type, value, number);
            case 7 -> call(pick(ScalarFunction.PAD_LEFT, ScalarFunction.PAD_RIGHT), type, value, number, leaf(type));
            default ->
                call(
                        pick(ScalarFunction.SPLIT_PART, ScalarFunction.SPLIT_INDEX),
                        type,
                        value,
                        Literal.of(pick("/", "a", "", "ä")),
                        number);
        };
    }

    private ScalarExpression datetime(SqlType type, int depth) {
        if (random.nextBoolean() && type.name() != TypeName.TIME) {
            return call(
                    pick(ScalarFunction.FLOOR_DATETIME, ScalarFunction.CEILING_DATETIME),
                    type,
                    Literal.of(pick(UNITS)),
                    expression(type, depth - 1));
        }
        SqlType interval = random.nextBoolean() ? SqlType.INTERVAL_MONTHS : SqlType.INTERVAL_MICROS;
        return call(ScalarFunction.ADD_INTERVAL, type, expression(type, depth - 1), expression(interval, depth - 1));
    }

    private static FunctionCall call(ScalarFunction function, SqlType type, ScalarExpression... arguments) {
        return FunctionCall.of(function, type, arguments);
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private ScalarExpression leaf(SqlType type) {
        return random.nextInt(3) == 0 ? literal(type) : column(type);
    }

    private ScalarExpression column(SqlType type) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).type().sameExceptNullability(type) && random.nextBoolean()) {
                return new ColumnReference(i, columns.get(i).type());
            }
        }
        SqlType columnType = type.withNullable(random.nextInt(4) > 0);
        columns.add(new Field("c" + columns.size(), columnType));
        return new ColumnReference(columns.size() - 1, columnType);
    }

    private Literal literal(SqlType type) {
        return SqlValues.literal(value(type), type);
    }

    /** A value for a column, NULL among others if the type has it. */
    Object columnValue(SqlType type) {
        return type.nullable() && random.nextInt(5) == 0 ? null : value(type);
    }

    private Object value(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> integer(8);
            case SMALLINT -> integer(16);
            case INTEGER -> integer(32);
            case BIGINT -> integer(64);
            case INTERVAL_MONTHS -> (long) random.nextInt(4_000) - 2_000;
            case INTERVAL_MICROS -> random.nextLong() >> random.nextInt(50);
            case REAL -> (double) pick(0f, 1.5f, -2.25f, 1e30f, Float.MAX_VALUE, Float.NaN, 0.1f, random.nextFloat());
            case DOUBLE ->
                pick(
                        0.0,
                        -0.0,
                        1.5,
                        -2.5,
                        1e300,
                        Double.MAX_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        0.1,
                        random.nextDouble() * 1_000,
                        (double) random.nextInt(100));
            case DECIMAL -> decimalValue(type);
            case CHAR ->
                String.format(
                        "%-" + type.precision() + "s", "abcde".substring(0, random.nextInt(type.precision() + 1)));
            case VARCHAR -> textValue();
            case VARBINARY -> {
                byte[] bytes = new byte[random.nextInt(4)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case DATE -> date();
            case TIME -> ReferenceCasts.truncated(time(), type.precision());
            case TIMESTAMP, TIMESTAMP_LTZ ->
                ReferenceCasts.truncated(LocalDateTime.of(date(), time()), type.precision());
            case NULL -> null;
            case ARRAY, MAP, ROW -> throw new IllegalArgumentException("nested values have a test of their own");
        };
    }

    private Object integer(int bits) {
        long max = Long.MAX_VALUE >> (64 - bits);
        return switch (random.nextInt(6)) {
            case 0 -> max;
            case 1 -> -max - 1;
            case 2 -> random.nextLong() >> (64 - bits);
            default -> (long) random.nextInt(20) - 10;
        };
    }

    private BigDecimal decimalValue(SqlType type) {
        BigInteger bound = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled = switch (random.nextInt(4)) {
            case 0 -> bound.subtract(BigInteger.ONE);
            case 1 -> new BigInteger(type.precision() * 3, random);
            default -> BigInteger.valueOf(random.nextInt(2_000)).mod(bound);
        };
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private String textValue() {
        if (random.nextInt(6) == 0) {
            return pick(
                    " 12", "1.5", "-3e2", "2024-02-29", "12:30:01.5", "2024-02-29 10:00:00.123", "true", "99999999999");
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(pick(PIECES));
        }
        return text.toString();
    }

    private LocalDate date() {
        return pick(
                LocalDate.of(1, 1, 1),
                LocalDate.of(9999, 12, 31),
                LocalDate.of(2024, 2, 29),
                LocalDate.of(1900, 3, 1),
                LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000));
    }

    private LocalTime time() {
        return pick(
                LocalTime.MIDNIGHT,
                LocalTime.of(23, 59, 59, 999_999_000),
                LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1_000L));
    }
}
