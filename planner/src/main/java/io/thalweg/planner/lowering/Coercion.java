package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which casts there are, which happen by themselves, and which of a literal can be done while planning. */
public final class Coercion {
    private Coercion() {}

    /** The expression as a value of a type, nullable if it is. Throws DATATYPE_MISMATCH if there is no such cast. */
    public static ScalarExpression cast(ScalarExpression expression, SqlType target) {
        return cast(expression, target, ScalarFunction.CAST);
    }

    static ScalarExpression cast(ScalarExpression expression, SqlType target, ScalarFunction function) {
        SqlType from = expression.type();
        boolean nullable = from.nullable() || function == ScalarFunction.TRY_CAST;
        SqlType to = target.withNullable(nullable);
        if (from.sameExceptNullability(target)) {
            return expression;
        }
        if (expression instanceof Literal literal) {
            Optional<Literal> folded = fold(literal, target);
            if (folded.isPresent()) {
                return folded.get();
            }
        }
        if (!exists(from, target)) {
            throw new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "a value of type " + from.sqlText() + " cannot be cast to " + target.sqlText());
        }
        return FunctionCall.of(function, to, expression);
    }

    /** The literal as one of another type, if nothing is lost or rounded on the way. */
    public static Optional<Literal> fold(Literal literal, SqlType target) {
        if (literal.isNull()) {
            return Optional.of(Literal.nullOf(target));
        }
        if (literal.type().sameExceptNullability(target)) {
            return Optional.of(literal);
        }
        if (literal.type().name().isNumeric() && target.name().isNumeric()) {
            return foldNumber(literal, target);
        }
        if (literal.type().name().isNested()) {
            return NestedTypes.fold(literal, target);
        }
        if (literal.type().name() == TypeName.VARCHAR && literal.value() instanceof String text) {
            return foldText(text, target);
        }
        boolean widened = literal.type().name() == target.name()
                && (target.name().isInterval() || isWider(literal.type(), target));
        return widened ? Optional.of(new Literal(literal.value(), target.notNull())) : Optional.empty();
    }

    /** Whether one of two types of the same name has all values of the other. */
    private static boolean isWider(SqlType from, SqlType to) {
        return switch (to.name()) {
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> to.precision() >= from.precision();
            case VARBINARY ->
                to.precision() == SqlType.UNLIMITED
                        || (from.precision() != SqlType.UNLIMITED && to.precision() >= from.precision());
            default -> false;
        };
    }

    private static Optional<Literal> foldNumber(Literal literal, SqlType target) {
        boolean rounds = literal.type().name().isFloating() && target.name() != TypeName.DOUBLE;
        return rounds
                ? Optional.empty()
                : NumberLiteral.value(literal).flatMap(value -> NumberLiteral.of(value, target));
    }

    private static Optional<Literal> foldText(String text, SqlType target) {
        return switch (target.name()) {
            case VARCHAR ->
                target.precision() == SqlType.UNLIMITED || text.codePointCount(0, text.length()) <= target.precision()
                        ? Optional.of(new Literal(text, target.notNull()))
                        : Optional.empty();
            case DATE, TIME, TIMESTAMP -> DateTimeText.literal(text, target);
            default -> Optional.empty();
        };
    }

    /** Whether values of one type can be cast to the other. */
    static boolean exists(SqlType from, SqlType to) {
        if (!from.name().isNested() && !to.name().isNested()) {
            return exists(from.name(), to.name());
        }
        if (from.name() == TypeName.NULL || to.name().isText()) {
            return true;
        }
        return from.name() == to.name()
                && from.components().size() == to.components().size()
                && IntStream.range(0, from.components().size())
                        .allMatch(i -> exists(from.component(i), to.component(i)));
    }

    private static boolean exists(TypeName from, TypeName to) {
        if (from == to || from == TypeName.NULL || (from.isNumeric() && to.isNumeric())) {
            return true;
        }
        if (from == TypeName.VARBINARY && to.isText()) {
            return true;
        }
        if (from.isText() || to.isText()) {
            TypeName other = from.isText() ? to : from;
            return !other.isInterval() && other != TypeName.VARBINARY && other != TypeName.NULL;
        }
        boolean fromMoment = from == TypeName.DATE || from.isTimestamp();
        boolean toMoment = to == TypeName.DATE || to.isTimestamp();
        return (fromMoment && toMoment) || (from.isTimestamp() && to == TypeName.TIME);
    }

    /** The type in which values of the two can be compared; empty if there is none. */
    static Optional<SqlType> comparable(SqlType left, SqlType right) {
        TypeName a = left.name();
        TypeName b = right.name();
        if (a == TypeName.NULL || b == TypeName.NULL) {
            return Optional.of(a == TypeName.NULL ? right : left);
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(widestNumber(left, right));
        }
        if (a.isNested() || b.isNested()) {
            return NestedTypes.common(left, right);
        }
        if (a == b) {
            return Optional.of(left.precision() >= right.precision() ? left : right);
        }
        if (a.isText() && b.isText()) {
            return Optional.of(SqlType.VARCHAR);
        }
        if ((a == TypeName.DATE || a.isTimestamp()) && (b == TypeName.DATE || b.isTimestamp())) {
            boolean zoned = a == TypeName.DATE
                    ? b == TypeName.TIMESTAMP_LTZ
                    : a == TypeName.TIMESTAMP_LTZ && b != TypeName.TIMESTAMP;
            return Optional.of(zoned ? SqlType.timestampLtz(6) : SqlType.timestamp(6));
        }
        return Optional.empty();
    }

    private static SqlType widestNumber(SqlType left, SqlType right) {
        TypeName a = left.name();
        TypeName b = right.name();
        if (a == TypeName.REAL && b == TypeName.REAL) {
            return SqlType.REAL;
        }
        if (a.isFloating() || b.isFloating()) {
            return SqlType.DOUBLE;
        }
        if (a == TypeName.DECIMAL || b == TypeName.DECIMAL) {
            return asDecimal(a == TypeName.DECIMAL ? left : right);
        }
        return a.ordinal() >= b.ordinal() ? left : right;
    }

    /** The DECIMAL that holds every value of an exact number type. */
    static SqlType asDecimal(SqlType type) {
        return switch (type.name()) {
            case TINYINT -> SqlType.decimal(3, 0);
            case SMALLINT -> SqlType.decimal(5, 0);
            case INTEGER -> SqlType.decimal(10, 0);
            case BIGINT -> SqlType.decimal(19, 0);
            default -> type;
        };
    }

    /** An exact number as a DECIMAL of its own precision and scale; a bare NULL has none and takes those of the other side. */
    static ScalarExpression exact(ScalarExpression number, SqlType other) {
        return cast(number, number.type().name() == TypeName.NULL ? other : asDecimal(number.type()));
    }

    /** The two made comparable: of one type, but that DECIMALs keep their precision and scale. */
    static List<ScalarExpression> alike(ScalarExpression leftSide, ScalarExpression rightSide) {
        ScalarExpression left = withoutTextCast(leftSide, rightSide);
        ScalarExpression right = withoutTextCast(rightSide, leftSide);
        SqlType a = left.type();
        SqlType b = right.type();
        SqlType common = comparable(a, b)
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "a value of type " + a.sqlText() + " cannot be compared with one of type " + b.sqlText()));
        if (a.name() == TypeName.CHAR && right instanceof Literal literal && b.name() == TypeName.VARCHAR) {
            return List.of(left, paddedLiteral(literal, a));
        }
        if (b.name() == TypeName.CHAR && left instanceof Literal literal && a.name() == TypeName.VARCHAR) {
            return List.of(paddedLiteral(literal, b), right);
        }
        if (a.name().isText() && b.name().isText() && (a.name() == TypeName.CHAR) != (b.name() == TypeName.CHAR)) {
            return List.of(withoutPadding(left), withoutPadding(right));
        }
        if (common.name() == TypeName.DECIMAL) {
            return List.of(exact(left, common), exact(right, common));
        }
        return List.of(toName(left, common), toName(right, common));
    }

    /** Takes back the cast that the validator puts on a CHAR beside other text: it would make trailing spaces count. */
    private static ScalarExpression withoutTextCast(ScalarExpression side, ScalarExpression other) {
        return other.type().name().isText()
                        && side instanceof FunctionCall cast
                        && cast.function() == ScalarFunction.CAST
                        && cast.type().name() == TypeName.VARCHAR
                        && cast.argument(0).type().name() == TypeName.CHAR
                        && !cuts(cast.argument(0).type(), cast.type())
                ? cast.argument(0)
                : side;
    }

    private static boolean cuts(SqlType from, SqlType to) {
        return to.precision() != SqlType.UNLIMITED && to.precision() < from.precision();
    }

    /** Text as it is compared with a CHAR that is no literal. */
    private static ScalarExpression withoutPadding(ScalarExpression text) {
        SqlType type = SqlType.VARCHAR.withNullable(text.type().nullable());
        return new FunctionCall(ScalarFunction.TRIM_TRAILING, List.of(text, Literal.of(" ")), type);
    }

    /** A text literal beside a CHAR becomes one, so that trailing spaces do not count. */
    private static Literal paddedLiteral(Literal literal, SqlType type) {
        return literal.isNull() ? Literal.nullOf(type) : new Literal(literal.value(), wideEnough(literal, type));
    }

    private static SqlType wideEnough(Literal literal, SqlType type) {
        String text = String.valueOf(literal.value());
        int length = Math.max(type.precision(), text.codePointCount(0, text.length()));
        return SqlType.character(length).notNull();
    }

    private static ScalarExpression toName(ScalarExpression expression, SqlType target) {
        return !target.name().isNested() && expression.type().name() == target.name()
                ? expression
                : cast(expression, target);
    }
}
