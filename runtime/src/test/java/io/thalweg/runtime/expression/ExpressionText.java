package io.thalweg.runtime.expression;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the expressions of test tables: {@code ADD(1, 2:BIGINT):BIGINT}. A literal is a number, a quoted text, x'00ff',
 * TRUE, FALSE or NULL; a type follows a colon. Without one a number is INTEGER or DECIMAL by its digits, a text VARCHAR,
 * and a call BOOLEAN for tests, otherwise of the type of its first argument.
 */
final class ExpressionText {
    private static final Pattern TOKEN = Pattern.compile("\\s*([xX]?'(?:[^']|'')*'|[-+0-9][-+.0-9eE]*|\\w+|[():,])");
    private static final Pattern TYPE = Pattern.compile("\\s*(\\w+)(?:\\((\\d+)(?:,\\s*(\\d+))?\\))?");

    private final String text;
    private int position;

    private ExpressionText(String text) {
        this.text = text;
    }

    static ScalarExpression parse(String text) {
        ExpressionText parser = new ExpressionText(text);
        ScalarExpression expression = parser.expression();
        if (parser.position < text.length()) {
            throw new IllegalArgumentException("after " + text.substring(0, parser.position) + " in " + text);
        }
        return expression;
    }

    static SqlType type(String text) {
        return new ExpressionText(text).type();
    }

    private String peek() {
        Matcher matcher = TOKEN.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    private String next() {
        Matcher matcher = TOKEN.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("at " + position + " in " + text);
        }
        position = matcher.end();
        return matcher.group(1);
    }

    private ScalarExpression expression() {
        String token = next();
        if (peek().equals("(")) {
            return call(ScalarFunction.valueOf(token));
        }
        boolean typed = peek().equals(":");
        SqlType type = typed ? typeAfterColon() : defaultType(token);
        if (token.equals("NULL")) {
            return Literal.nullOf(type);
        }
        String value = token;
        if (token.startsWith("'")) {
            value = token.substring(1, token.length() - 1).replace("''", "'");
        } else if (token.startsWith("x'")) {
            value = token.substring(2, token.length() - 1);
        }
        return SqlValues.literal(SqlValues.parse(value, type), type);
    }

    private static SqlType defaultType(String token) {
        if (token.equals("NULL")) {
            return SqlType.NULL;
        }
        if (token.equals("TRUE") || token.equals("FALSE")) {
            return SqlType.BOOLEAN;
        }
        if (token.startsWith("'")) {
            return SqlType.VARCHAR;
        }
        if (token.startsWith("x'")) {
            return SqlType.VARBINARY;
        }
        if (token.contains(".") || token.length() > 19) {
            BigDecimal value = new BigDecimal(token);
            return SqlType.decimal(Math.max(value.precision(), value.scale()), value.scale());
        }
        return SqlType.INTEGER;
    }

    private FunctionCall call(ScalarFunction function) {
        next();
        List<ScalarExpression> arguments = new ArrayList<>();
        while (!peek().equals(")")) {
            arguments.add(expression());
            if (peek().equals(",")) {
                next();
            }
        }
        next();
        SqlType type = peek().equals(":") ? typeAfterColon() : resultType(function, arguments);
        return new FunctionCall(function, arguments, type);
    }

    private static SqlType resultType(ScalarFunction function, List<ScalarExpression> arguments) {
        return switch (function) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IN,
                    AND,
                    OR,
                    NOT,
                    LIKE,
                    LIKE_IGNORE_CASE,
                    STARTS_WITH,
                    ENDS_WITH,
                    CONTAINS -> SqlType.BOOLEAN;
            case IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> SqlType.BOOLEAN.notNull();
            case CHARACTER_LENGTH, OCTET_LENGTH, POSITION, ASCII -> SqlType.INTEGER;
            case EXTRACT, MILLIS_FROM_TIMESTAMP, DATETIME_DIFFERENCE -> SqlType.BIGINT;
            case CHARACTER, MD5, SHA256, HEXADECIMAL, DATE_FORMAT -> SqlType.VARCHAR;
            case PARSE_TIMESTAMP, TIMESTAMP_FROM_MILLIS -> SqlType.timestamp(6);
            case SUBTRACT_DATETIME -> SqlType.INTERVAL_MICROS;
            case FLOOR_DATETIME, CEILING_DATETIME, CASE ->
                arguments.get(1).type().withNullable(true);
            default -> arguments.get(0).type().withNullable(true);
        };
    }

    private SqlType typeAfterColon() {
        next();
        return type();
    }

    private SqlType type() {
        Matcher matcher = TYPE.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("no type at " + position + " in " + text);
        }
        position = matcher.end();
        TypeName name = TypeName.valueOf(matcher.group(1));
        boolean time = name == TypeName.TIME || name.isTimestamp();
        int precision = matcher.group(2) == null ? time ? 6 : SqlType.UNLIMITED : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return new SqlType(name, precision, scale, true);
    }
}
