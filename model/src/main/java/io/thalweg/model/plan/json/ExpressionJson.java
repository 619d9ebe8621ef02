package io.thalweg.model.plan.json;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expressions in stored plans. */
final class ExpressionJson {
    private ExpressionJson() {}

    static Object write(ScalarExpression expression) {
        return expression.accept(new Writer());
    }

    private static final class Writer implements ScalarExpression.Visitor<Object> {
        private static Map<String, Object> typed(ScalarExpression expression) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", TypeJson.write(expression.type()));
            return json;
        }

        @Override
        public Object visitColumn(ColumnReference column) {
            Map<String, Object> json = typed(column);
            json.put("column", (long) column.column());
            return json;
        }

        @Override
        public Object visitLiteral(Literal literal) {
            Map<String, Object> json = typed(literal);
            Object value = literal.value();
            if (value == null) {
                json.put("null", Boolean.TRUE);
            } else {
                json.put(
                        "literal",
                        value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString());
            }
            return json;
        }

        @Override
        public Object visitParameter(ParameterReference parameter) {
            Map<String, Object> json = typed(parameter);
            json.put("parameter", (long) parameter.index());
            return json;
        }

        @Override
        public Object visitCall(FunctionCall call) {
            Map<String, Object> json = typed(call);
            json.put("call", call.function().name());
            json.put(
                    "arguments",
                    call.arguments().stream().map(a -> a.accept(this)).toList());
            return json;
        }
    }

    static ScalarExpression read(Object value) {
        JsonObject json = JsonObject.of(value);
        SqlType type = TypeJson.read(json.text("type"));
        if (json.has("column")) {
            return new ColumnReference((int) json.number("column"), type);
        }
        if (json.has("parameter")) {
            return new ParameterReference((int) json.number("parameter"), type);
        }
        if (json.has("call")) {
            List<ScalarExpression> arguments =
                    json.list("arguments").stream().map(ExpressionJson::read).toList();
            return new FunctionCall(function(json.text("call")), arguments, type);
        }
        return json.has("null") ? Literal.nullOf(type) : new Literal(value(json.text("literal"), type), type);
    }

    private static ScalarFunction function(String name) {
        try {
            return ScalarFunction.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw JsonObject.wrong("function \"" + name + "\" does not exist");
        }
    }

    private static Object value(String text, SqlType type) {
        try {
            return switch (type.kind()) {
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case DECIMAL128 -> Int128.of(new BigInteger(text));
                case BYTES -> type.name().isText() ? text : HexFormat.of().parseHex(text);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw JsonObject.wrong("\"" + text + "\" is no value of type " + type);
        }
    }
}
