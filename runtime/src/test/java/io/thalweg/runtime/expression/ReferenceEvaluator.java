package io.thalweg.runtime.expression;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The meaning of expressions said in the most naive way, with boxed values, BigDecimal, String and java.time. It shares no
 * code with what it is compared to.
 */
final class ReferenceEvaluator {
    private final Object[] row;

    ReferenceEvaluator(Object[] row) {
        this.row = row;
    }

    /** The evaluation ends with this error. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final ErrorCode code;

        Failure(ErrorCode code) {
            super(code.name());
            this.code = code;
        }
    }

    static Failure outOfRange() {
        return new Failure(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }

    Object evaluate(ScalarExpression expression) {
        if (expression instanceof ColumnReference column) {
            return row[column.column()];
        }
        if (expression instanceof Literal literal) {
            return SqlValues.fromStored(literal.value(), literal.type());
        }
        FunctionCall call = (FunctionCall) expression;
        return switch (call.function()) {
            case AND -> connective(call, false);
            case OR -> connective(call, true);
            case IS_NULL -> evaluate(call.argument(0)) == null;
            case IS_NOT_NULL -> evaluate(call.argument(0)) != null;
            case IS_TRUE -> Boolean.TRUE.equals(evaluate(call.argument(0)));
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(evaluate(call.argument(0)));
            case IS_FALSE -> Boolean.FALSE.equals(evaluate(call.argument(0)));
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(evaluate(call.argument(0)));
            case CASE -> choose(call);
            case COALESCE -> coalesce(call);
            case GREATEST, LEAST -> extreme(call);
            case IS_DISTINCT_FROM -> distinct(call);
            case IS_NOT_DISTINCT_FROM -> !distinct(call);
            case IN -> in(call);
            default -> strict(call);
        };
    }

    private Object connective(FunctionCall call, boolean decisive) {
        boolean sawNull = false;
        for (ScalarExpression argument : call.arguments()) {
            Object value = evaluate(argument);
            if (value == null) {
                sawNull = true;
            } else if ((Boolean) value == decisive) {
                return decisive;
            }
        }
        return sawNull ? null : !decisive;
    }

    private Object choose(FunctionCall call) {
        int last = call.arguments().size() - 1;
        for (int i = 0; i < last; i += 2) {
            if (Boolean.TRUE.equals(evaluate(call.argument(i)))) {
                return evaluate(call.argument(i + 1));
            }
        }
        return evaluate(call.argument(last));
    }

    private Object coalesce(FunctionCall call) {
        for (ScalarExpression argument : call.arguments()) {
            Object value = evaluate(argument);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Object extreme(FunctionCall call) {
        Object best = null;
        for (ScalarExpression argument : call.arguments()) {
            Object value = evaluate(argument);
            if (value != null && best != null) {
                int order = compare(value, best, SqlType.VARCHAR, SqlType.VARCHAR);
                best = (call.function() == ScalarFunction.GREATEST ? order > 0 : order < 0) ? value : best;
            } else if (value != null) {
                best = value;
            }
        }
        return best;
    }

    private boolean distinct(FunctionCall call) {
        Object left = evaluate(call.argument(0));
        Object right = evaluate(call.argument(1));
        if (left == null || right == null) {
            return left != right;
        }
        return compare(left, right, call.argument(0).type(), call.argument(1).type()) != 0;
    }

    private Object in(FunctionCall call) {
        Object value = evaluate(call.argument(0));
        if (value == null) {
            return null;
        }
        boolean sawNull = false;
        for (int i = 1; i < call.arguments().size(); i++) {
            Object element = evaluate(call.argument(i));
            if (element == null) {
                sawNull = true;
            } else if (compare(
                            value,
                            element,
                            call.argument(0).type(),
                            call.argument(i).type())
                    == 0) {
                return true;
            }
        }
        return sawNull ? null : false;
    }

    private Object strict(FunctionCall call) {
        List<Object> values = new ArrayList<>();
        for (ScalarExpression argument : call.arguments()) {
            values.add(evaluate(argument));
        }
        if (values.contains(null)) {
            return null;
        }
        return switch (call.function()) {
            case EQUAL -> comparison(call, values) == 0;
            case NOT_EQUAL -> comparison(call, values) != 0;
            case LESS -> comparison(call, values) < 0;
            case LESS_OR_EQUAL -> comparison(call, values) <= 0;
            case GREATER -> comparison(call, values) > 0;
            case GREATER_OR_EQUAL -> comparison(call, values) >= 0;
            case NOT -> !(Boolean) values.get(0);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, ABSOLUTE, SIGN, FLOOR, CEILING, ROUND, TRUNCATE ->
                arithmetic(call, values);
            case CAST -> ReferenceCasts.cast(values.get(0), call.argument(0).type(), call.type());
            case TRY_CAST -> tryCast(call, values.get(0));
            case EXTRACT, FLOOR_DATETIME, CEILING_DATETIME, ADD_INTERVAL, SUBTRACT_DATETIME, DATETIME_DIFFERENCE ->
                ReferenceDateTime.apply(call, values);
            default -> ReferenceText.apply(call, values);
        };
    }

    private static Object tryCast(FunctionCall call, Object value) {
        try {
            return ReferenceCasts.cast(value, call.argument(0).type(), call.type());
        } catch (Failure failure) {
            return null;
        }
    }

    private static int comparison(FunctionCall call, List<Object> values) {
        return compare(
                values.get(0),
                values.get(1),
                call.argument(0).type(),
                call.argument(1).type());
    }

    static int compare(Object left, Object right, SqlType leftType, SqlType rightType) {
        if (left instanceof String text) {
            int[] a = characters(text, leftType);
            int[] b = characters((String) right, rightType);
            return Arrays.compare(a, b);
        }
        if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        }
        if (left instanceof Double number) {
            double a = number == 0 ? 0.0 : number;
            double b = (Double) right == 0 ? 0.0 : (Double) right;
            return Double.compare(a, b);
        }
        if (left instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) right);
        }
        @SuppressWarnings("unchecked")
        Comparable<Object> comparable = (Comparable<Object>) left;
        return comparable.compareTo(right);
    }

    private static int[] characters(String text, SqlType type) {
        String compared = type.name() == TypeName.CHAR ? text.replaceAll(" +$", "") : text;
        return compared.codePoints().toArray();
    }

    private static Object arithmetic(FunctionCall call, List<Object> values) {
        if (call.type().name() == TypeName.DECIMAL) {
            return decimal(call, values);
        }
        return call.type().name().isFloating() ? floating(call, values) : integer(call, values);
    }

    private static Object integer(FunctionCall call, List<Object> values) {
        BigInteger left = BigInteger.valueOf((Long) values.get(0));
        BigInteger right = values.size() > 1 ? BigInteger.valueOf((Long) values.get(1)) : BigInteger.ZERO;
        if ((call.function() == ScalarFunction.DIVIDE || call.function() == ScalarFunction.MODULO)
                && right.signum() == 0) {
            throw new Failure(ErrorCode.DIVISION_BY_ZERO);
        }
        BigInteger result = switch (call.function()) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> left.divide(right);
            case MODULO -> left.remainder(right);
            case NEGATE -> left.negate();
            case ABSOLUTE -> left.abs();
            case SIGN -> BigInteger.valueOf(left.signum());
            case ROUND ->
                new BigDecimal(left)
                        .setScale(Math.min(0, right.intValue()), RoundingMode.HALF_UP)
                        .toBigInteger();
            case TRUNCATE ->
                new BigDecimal(left)
                        .setScale(Math.min(0, right.intValue()), RoundingMode.DOWN)
                        .toBigInteger();
            default -> left;
        };
        return ReferenceCasts.integer(result, call.type().name());
    }

    private static Object decimal(FunctionCall call, List<Object> values) {
        BigDecimal left = (BigDecimal) values.get(0);
        BigDecimal right = values.size() > 1 && values.get(1) instanceof BigDecimal second ? second : BigDecimal.ONE;
        int digits = values.size() > 1 && values.get(1) instanceof Long number ? number.intValue() : 0;
        if ((call.function() == ScalarFunction.DIVIDE || call.function() == ScalarFunction.MODULO)
                && right.signum() == 0) {
            throw new Failure(ErrorCode.DIVISION_BY_ZERO);
        }
        BigDecimal result = switch (call.function()) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> left.divide(right, call.type().scale(), RoundingMode.HALF_UP);
            case MODULO -> left.remainder(right);
            case NEGATE -> left.negate();
            case ABSOLUTE -> left.abs();
            case SIGN -> BigDecimal.valueOf(left.signum());
            case FLOOR -> left.setScale(0, RoundingMode.FLOOR);
            case CEILING -> left.setScale(0, RoundingMode.CEILING);
            case ROUND -> digits >= left.scale() ? left : left.setScale(digits, RoundingMode.HALF_UP);
            default -> digits >= left.scale() ? left : left.setScale(digits, RoundingMode.DOWN);
        };
        return ReferenceCasts.decimal(result, call.type());
    }

    private static Object floating(FunctionCall call, List<Object> values) {
        double left = (Double) values.get(0);
        double right = values.size() > 1 && values.get(1) instanceof Double second ? second : 0;
        boolean real = call.type().name() == TypeName.REAL;
        if ((call.function() == ScalarFunction.DIVIDE || call.function() == ScalarFunction.MODULO) && right == 0) {
            throw new Failure(ErrorCode.DIVISION_BY_ZERO);
        }
        double result = switch (call.function()) {
            case ADD -> real ? (float) left + (float) right : left + right;
            case SUBTRACT -> real ? (float) left - (float) right : left - right;
            case MULTIPLY -> real ? (float) left * (float) right : left * right;
            case DIVIDE -> real ? (float) left / (float) right : left / right;
            case MODULO -> left % right;
            case NEGATE -> -left;
            case ABSOLUTE -> Math.abs(left);
            case SIGN -> Math.signum(left);
            case FLOOR -> Math.floor(left);
            default -> Math.ceil(left);
        };
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw outOfRange();
        }
        return result;
    }
}
