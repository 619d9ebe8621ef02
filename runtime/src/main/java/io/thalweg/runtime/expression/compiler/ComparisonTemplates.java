package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.List;

/** Comparisons of every type. */
final class ComparisonTemplates {
    private ComparisonTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        comparison(library, ScalarFunction.EQUAL, "==");
        comparison(library, ScalarFunction.NOT_EQUAL, "!=");
        comparison(library, ScalarFunction.LESS, "<");
        comparison(library, ScalarFunction.LESS_OR_EQUAL, "<=");
        comparison(library, ScalarFunction.GREATER, ">");
        comparison(library, ScalarFunction.GREATER_OR_EQUAL, ">=");
        library.any(ScalarFunction.IN, new InTemplate());
        library.any(ScalarFunction.IS_DISTINCT_FROM, (call, generator) -> distinct(call, generator, ""));
        library.any(ScalarFunction.IS_NOT_DISTINCT_FROM, (call, generator) -> distinct(call, generator, "!"));
    }

    private static void comparison(FunctionLibrary.Builder library, ScalarFunction function, String operator) {
        FunctionTemplate inline = new StrictTemplate(call -> compare(call, operator), true);
        FunctionTemplate guarded = new StrictTemplate(call -> compare(call, operator), false);
        library.any(function, (call, generator) -> {
            boolean primitive = !ValueKind.of(call.argument(0).type()).isHolder()
                    && !ValueKind.of(call.argument(1).type()).isHolder();
            if (call.argument(0).type().name() == TypeName.NULL
                    || call.argument(1).type().name() == TypeName.NULL) {
                return Fragment.nullOf(call.type());
            }
            return (primitive ? inline : guarded).generate(call, generator);
        });
    }

    /** A term that compares the two arguments, neither of which is NULL. */
    private static String compare(StrictCall call, String operator) {
        SqlType left = call.type(0);
        if (left.name() == TypeName.DECIMAL && call.type(1).name() == TypeName.DECIMAL) {
            return DecimalTemplates.compare(call, operator);
        }
        boolean equality = operator.equals("==") || operator.equals("!=");
        String not = operator.equals("!=") ? "!" : "";
        return switch (call.kind(0)) {
            case INT, LONG -> call.value(0) + " " + operator + " " + call.value(1);
            case BOOLEAN ->
                equality
                        ? call.value(0) + " " + operator + " " + call.value(1)
                        : call.fill("ComparisonFunctions.compare($0, $1) " + operator + " 0");
            case DOUBLE -> compareDoubles(call, operator);
            case WIDE_DECIMAL -> throw new IllegalStateException("DECIMAL compared with " + call.type(1));
            case BYTES -> {
                String terms = "(" + call.comparedText(0) + ", " + call.comparedText(1) + ")";
                yield equality
                        ? not + "ComparisonFunctions.equal" + terms
                        : "ComparisonFunctions.compare" + terms + " " + operator + " 0";
            }
        };
    }

    private static String compareDoubles(StrictCall call, String operator) {
        return call.fill(
                switch (operator) {
                    case "==" -> "ComparisonFunctions.equal($0, $1)";
                    case "!=" -> "!ComparisonFunctions.equal($0, $1)";
                    case "<" -> "ComparisonFunctions.less($0, $1)";
                    case "<=" -> "ComparisonFunctions.lessOrEqual($0, $1)";
                    case ">" -> "ComparisonFunctions.less($1, $0)";
                    default -> "ComparisonFunctions.lessOrEqual($1, $0)";
                });
    }

    private static Fragment distinct(FunctionCall call, ExpressionGenerator generator, String not) {
        List<Fragment> values = generator.generateAll(call.arguments());
        Fragment left = values.get(0);
        Fragment right = values.get(1);
        String code = left.code() + right.code();
        if (left.alwaysNull() || right.alwaysNull()) {
            String eitherNotNull = format("((%s) != (%s))", left.isNull(), right.isNull());
            return Fragment.of(code, not + eitherNotNull, call.type());
        }
        FunctionCall unequal = new FunctionCall(ScalarFunction.NOT_EQUAL, call.arguments(), call.type());
        Fragment compared = new StrictTemplate(body -> compare(body, "!="), false)
                .generate(unequal, List.of(asTerm(left), asTerm(right)), generator.source());
        String value = compared.neverNull()
                ? not + "(" + compared.value() + ")"
                : not
                        + format(
                                "((%s) ? (%s) != (%s) : %s)",
                                compared.isNull(), left.isNull(), right.isNull(), compared.value());
        return Fragment.of(code + compared.code(), value, call.type());
    }

    /** The fragment after its statements have run. */
    private static Fragment asTerm(Fragment fragment) {
        return new Fragment("", fragment.value(), fragment.isNull(), fragment.type());
    }
}
