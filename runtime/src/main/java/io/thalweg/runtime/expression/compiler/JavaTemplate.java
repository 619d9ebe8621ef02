package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.JavaMethod;
import io.thalweg.model.expression.JavaType;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.foreign.JavaCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of methods of users. NULL for a primitive parameter makes the call NULL without making it; other parameters take
 * {@code null}, and {@code null} as a result is NULL.
 */
final class JavaTemplate {
    private final FunctionCall call;
    private final JavaMethod method;
    private final ProgramSource source;

    private JavaTemplate(FunctionCall call, ProgramSource source) {
        this.call = call;
        this.method = JavaMethod.of(call);
        this.source = source;
    }

    static void register(FunctionLibrary.Builder library) {
        library.any(
                ScalarFunction.JAVA,
                (call, generator) -> new JavaTemplate(call, generator.source())
                        .write(generator.generateAll(
                                call.arguments().subList(1, call.arguments().size()))));
    }

    private Fragment write(List<Fragment> arguments) {
        StringBuilder code = new StringBuilder();
        List<String> terms = new ArrayList<>();
        List<Fragment> strict = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Fragment argument = arguments.get(i);
            JavaType parameter = method.signature().parameters().get(i);
            code.append(argument.code());
            terms.add(term(argument, parameter));
            if (parameter.isPrimitive()) {
                strict.add(argument);
            }
        }
        if (strict.stream().anyMatch(Fragment::alwaysNull)) {
            return Fragment.nullOf(call.type());
        }
        Object caller = JavaCode.caller(method);
        String term = source.constant(caller, caller.getClass()) + ".call(" + String.join(", ", terms) + ")";
        return result(code, StrictCall.anyNull(strict), term);
    }

    /** What a parameter is given. */
    private static String term(Fragment argument, JavaType parameter) {
        if (argument.alwaysNull()) {
            return "((" + parameter.javaClass().getCanonicalName() + ") null)";
        }
        String given = given(argument, parameter);
        boolean maybe = !parameter.isPrimitive() && !argument.neverNull();
        return maybe ? "(" + argument.isNull() + " ? null : " + given + ")" : given;
    }

    private static String given(Fragment argument, JavaType parameter) {
        String value = argument.value();
        return switch (parameter) {
            case BOOLEAN, INT, LONG, DOUBLE -> value;
            case FLOAT -> "(float) " + value;
            case BOXED_BOOLEAN -> "Boolean.valueOf(" + value + ")";
            case BOXED_INT -> "Integer.valueOf(" + value + ")";
            case BOXED_LONG -> "Long.valueOf(" + value + ")";
            case BOXED_FLOAT -> "Float.valueOf((float) " + value + ")";
            case BOXED_DOUBLE -> "Double.valueOf(" + value + ")";
            case STRING -> value + ".text()";
            case BYTES -> value + ".bytes()";
            case BIG_DECIMAL ->
                "JavaValues.decimal(" + value + ", " + argument.type().scale() + ")";
            case LOCAL_DATE -> "JavaValues.date(" + value + ")";
            case LOCAL_TIME -> "JavaValues.time(" + value + ")";
            case LOCAL_DATE_TIME -> "JavaValues.dateTime(" + value + ")";
            case INSTANT -> "JavaValues.instant(" + value + ")";
        };
    }

    private Fragment result(StringBuilder code, String anyNull, String term) {
        JavaType type = method.signature().result();
        ValueKind kind = ValueKind.of(call.type());
        int number = source.nextNumber();
        String value = kind.isHolder() ? source.scratch(kind.javaType()) : "value" + number;
        String isNull = "null" + number;
        if (!kind.isHolder()) {
            code.append(format("%s %s = %s;%n", kind.javaType(), value, kind.unset()));
        }
        if (type.isPrimitive()) {
            String assignment = format("%s = %s;%n", value, term);
            if (anyNull.equals("false")) {
                return Fragment.of(code.append(assignment).toString(), value, call.type());
            }
            code.append(format("boolean %s = %s;%n", isNull, anyNull));
            code.append(format("if (!%s) {%n%s}%n", isNull, assignment));
            return new Fragment(code.toString(), value, isNull, call.type());
        }
        String made = "made" + number;
        String javaType = type.javaClass().getCanonicalName();
        code.append(format("%s %s = null;%n", javaType, made));
        code.append(format("if (!(%s)) {%n%s = %s;%n}%n", anyNull, made, term));
        code.append(format("boolean %s = %s == null;%n", isNull, made));
        code.append(format("if (!%s) {%n%s;%n}%n", isNull, taken(type, made, value)));
        return new Fragment(code.toString(), value, isNull, call.type());
    }

    /** The statement that puts an object into the variable or the holder of the result. */
    private String taken(JavaType type, String made, String value) {
        SqlType sql = call.type();
        return switch (type) {
            case STRING -> "JavaValues.setText(" + made + ", " + value + ")";
            case BYTES -> "JavaValues.setBytes(" + made + ", " + value + ")";
            case BIG_DECIMAL ->
                "JavaValues.setDecimal(" + made + ", " + sql.precision() + ", " + sql.scale() + ", " + value + ")";
            case BOXED_BOOLEAN -> value + " = " + made + ".booleanValue()";
            case BOXED_INT -> value + " = " + made + ".intValue()";
            case BOXED_LONG -> value + " = " + made + ".longValue()";
            case BOXED_FLOAT, BOXED_DOUBLE -> value + " = " + made + ".doubleValue()";
            case LOCAL_DATE -> value + " = JavaValues.days(" + made + ")";
            case LOCAL_TIME, LOCAL_DATE_TIME, INSTANT -> value + " = JavaValues.micros(" + made + ")";
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> throw new IllegalArgumentException(type + " is primitive");
        };
    }

    /** Whether a part of an expression may give something else at each call. */
    static boolean isRandom(ScalarExpression expression) {
        return expression instanceof FunctionCall call
                && ((call.function() == ScalarFunction.JAVA
                                && !JavaMethod.of(call).deterministic())
                        || call.arguments().stream().anyMatch(JavaTemplate::isRandom));
    }
}
