package io.thalweg.model.expression;

import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.ValueText;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Expressions as EXPLAIN and test plans show them: {@code LESS(delay, 15)}. */
public final class ExpressionText {
    private ExpressionText() {}

    /** @param input the row that column references point into; beyond it they are shown as {@code $n} */
    public static String format(ScalarExpression expression, RowType input) {
        return expression.accept(new Formatter(input));
    }

    /** A constant as SQL would write it. */
    public static String format(Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "NULL";
        }
        SqlType type = literal.type();
        return switch (type.name()) {
            case BOOLEAN -> value.equals(1) ? "TRUE" : "FALSE";
            case CHAR, VARCHAR -> "'" + value.toString().replace("'", "''") + "'";
            case VARBINARY -> "X'" + HexFormat.of().withUpperCase().formatHex((byte[]) value) + "'";
            case DECIMAL ->
                value instanceof Int128 wide
                        ? ValueText.decimal(wide.toBigInteger(), type.scale())
                        : ValueText.decimal((Long) value, type.scale());
            case DATE -> "DATE '" + ValueText.date((Integer) value) + "'";
            case TIME -> "TIME '" + ValueText.time((Long) value, type.precision()) + "'";
            case TIMESTAMP, TIMESTAMP_LTZ -> "TIMESTAMP '" + ValueText.timestamp((Long) value, type.precision()) + "'";
            case ARRAY, MAP, ROW -> NestedText.format(type, (byte[]) value, 0);
            case INTERVAL_MONTHS -> "INTERVAL '" + ValueText.months((Integer) value) + "' YEAR TO MONTH";
            case INTERVAL_MICROS -> "INTERVAL '" + ValueText.micros((Long) value) + "' DAY TO SECOND";
            default -> value.toString();
        };
    }

    private record Formatter(RowType input) implements ScalarExpression.Visitor<String> {
        @Override
        public String visitColumn(ColumnReference column) {
            int index = column.column();
            return index < input.size() ? input.name(index) : "$" + index;
        }

        @Override
        public String visitLiteral(Literal literal) {
            return format(literal);
        }

        @Override
        public String visitParameter(ParameterReference parameter) {
            return "?" + (parameter.index() + 1);
        }

        @Override
        public String visitCall(FunctionCall call) {
            if (call.function() == ScalarFunction.JAVA) {
                return call.arguments().stream()
                        .skip(1)
                        .map(a -> a.accept(this))
                        .collect(Collectors.joining(", ", JavaMethod.of(call).function() + "(", ")"));
            }
            String arguments =
                    call.arguments().stream().map(a -> a.accept(this)).collect(Collectors.joining(", "));
            boolean conversion = call.function() == ScalarFunction.CAST || call.function() == ScalarFunction.TRY_CAST;
            return call.function() + "(" + arguments
                    + (conversion ? " AS " + call.type().sqlText() : "") + ")";
        }
    }
}
