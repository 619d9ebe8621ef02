package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ExpressionGenerator.coerce;
import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** CASE and its relatives: a branch that is not chosen is not evaluated and cannot fail. */
final class ConditionalTemplates {
    private ConditionalTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.CASE, ConditionalTemplates::choose);
        library.any(ScalarFunction.COALESCE, ConditionalTemplates::coalesce);
        library.any(ScalarFunction.GREATEST, (call, generator) -> extreme(call, generator, ">"));
        library.any(ScalarFunction.LEAST, (call, generator) -> extreme(call, generator, "<"));
    }

    private static Fragment choose(FunctionCall call, ExpressionGenerator generator) {
        int count = call.arguments().size();
        List<ScalarExpression> arguments = new ArrayList<>();
        int paired = Math.min(count - 1, LogicTemplates.MAX_ARGUMENTS);
        for (int i = 0; i < paired; i++) {
            arguments.add(coerce(call.argument(i), i % 2 == 0 ? SqlType.BOOLEAN : call.type()));
        }
        boolean complete = paired == count - 1;
        if (complete) {
            arguments.add(coerce(call.argument(count - 1), call.type()));
        }
        List<Fragment> fragments = new ArrayList<>(generator.generateAll(arguments));
        if (!complete) {
            List<ScalarExpression> rest = call.arguments().subList(paired, count);
            fragments.add(generator.inOwnMethod(
                    generator.generate(new FunctionCall(ScalarFunction.CASE, rest, call.type()))));
        }
        Choice choice = new Choice(call, generator.source(), nullableResult(fragments));
        for (int i = 0; i < paired; i += 2) {
            Fragment condition = fragments.get(i);
            choice.code.append(condition.code());
            String test = condition.neverNull()
                    ? condition.value()
                    : format("!(%s) && %s", condition.isNull(), condition.value());
            choice.code.append(format("if (%s) {%n", test));
            choice.take(fragments.get(i + 1));
            choice.code.append(format("break;%n}%n"));
        }
        choice.take(fragments.get(paired));
        return choice.finish();
    }

    private static boolean nullableResult(List<Fragment> conditionsAndResults) {
        for (int i = 1; i < conditionsAndResults.size(); i += 2) {
            if (!conditionsAndResults.get(i).neverNull()) {
                return true;
            }
        }
        return !conditionsAndResults.get(conditionsAndResults.size() - 1).neverNull();
    }

    private static Fragment coalesce(FunctionCall call, ExpressionGenerator generator) {
        List<Fragment> fragments = generator.generateAll(coerced(call));
        Choice choice = new Choice(call, generator.source(), fragments.stream().noneMatch(Fragment::neverNull));
        for (Fragment fragment : fragments) {
            choice.code.append(fragment.code());
            if (fragment.neverNull()) {
                choice.assign(fragment);
                break;
            }
            choice.code.append(format("if (!(%s)) {%n", fragment.isNull()));
            choice.assign(fragment);
            choice.code.append(format("break;%n}%n"));
        }
        return choice.finish();
    }

    private static Fragment extreme(FunctionCall call, ExpressionGenerator generator, String operator) {
        List<Fragment> fragments = generator.generateAll(coerced(call));
        boolean nullable = fragments.stream().noneMatch(Fragment::neverNull);
        int number = generator.source().nextNumber();
        ValueKind kind = ValueKind.of(call.type());
        StringBuilder code = new StringBuilder();
        code.append(format("%s value%d = %s;%n", kind.javaType(), number, kind.unset()));
        code.append(format("boolean null%d = true;%n", number));
        for (Fragment fragment : fragments) {
            code.append(fragment.code());
            code.append(format(
                    "if (!(%s) && (null%d || ComparisonFunctions.compare(%s, value%d) %s 0)) {%n",
                    fragment.isNull(), number, fragment.value(), number, operator));
            code.append(format("value%d = %s; null%d = false;%n}%n", number, fragment.value(), number));
        }
        String isNull = nullable ? "null" + number : "false";
        return new Fragment(code.toString(), "value" + number, isNull, call.type());
    }

    private static List<ScalarExpression> coerced(FunctionCall call) {
        List<ScalarExpression> arguments = call.arguments().stream()
                .map(argument -> coerce(argument, call.type()))
                .toList();
        return LogicTemplates.grouped(call, arguments);
    }

    /** A variable that takes the value of one of several fragments. */
    private static final class Choice {
        private final FunctionCall call;
        private final int number;
        private final boolean nullable;
        private final StringBuilder code = new StringBuilder();

        Choice(FunctionCall call, ProgramSource source, boolean nullable) {
            this.call = call;
            this.number = source.nextNumber();
            this.nullable = nullable;
            ValueKind kind = ValueKind.of(call.type());
            code.append(format("%s value%d = %s;%n", kind.javaType(), number, kind.unset()));
            if (nullable) {
                code.append(format("boolean null%d = true;%n", number));
            }
            code.append(format("do {%n"));
        }

        void take(Fragment fragment) {
            code.append(fragment.code());
            if (nullable) {
                code.append(format("null%d = %s;%n", number, fragment.isNull()));
            }
            code.append(format("value%d = %s;%n", number, fragment.value()));
        }

        /** Takes a value that is not NULL and whose statements have run. */
        void assign(Fragment fragment) {
            if (nullable) {
                code.append(format("null%d = false;%n", number));
            }
            code.append(format("value%d = %s;%n", number, fragment.value()));
        }

        Fragment finish() {
            code.append(format("} while (false);%n"));
            return new Fragment(code.toString(), "value" + number, nullable ? "null" + number : "false", call.type());
        }
    }
}
