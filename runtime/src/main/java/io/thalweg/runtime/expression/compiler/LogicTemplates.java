package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ExpressionGenerator.coerce;
import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three-valued logic and the tests for NULL and truth. */
final class LogicTemplates {
    /** More arguments than these are handled in groups, so that no method grows without bound. */
    static final int MAX_ARGUMENTS = 40;

    /** Up to so many cheap operands are all evaluated: a branch that is predicted wrong costs more. */
    private static final int MAX_EAGER_OPERANDS = 4;

    private LogicTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.AND, (call, generator) -> connective(call, generator, true));
        library.any(ScalarFunction.OR, (call, generator) -> connective(call, generator, false));
        library.any(ScalarFunction.NOT, StrictTemplate.inline("!$0"));
        library.any(ScalarFunction.IS_NULL, (call, generator) -> {
            Fragment value = generator.generate(call.argument(0));
            return Fragment.of(value.code(), value.isNull(), call.type());
        });
        library.any(ScalarFunction.IS_NOT_NULL, (call, generator) -> {
            Fragment value = generator.generate(call.argument(0));
            return Fragment.of(value.code(), "!(" + value.isNull() + ")", call.type());
        });
        library.any(ScalarFunction.IS_TRUE, truthTest("(!(%s) && %s)"));
        library.any(ScalarFunction.IS_NOT_TRUE, truthTest("(%s || !%s)"));
        library.any(ScalarFunction.IS_FALSE, truthTest("(!(%s) && !%s)"));
        library.any(ScalarFunction.IS_NOT_FALSE, truthTest("(%s || %s)"));
    }

    private static FunctionTemplate truthTest(String pattern) {
        return (call, generator) -> {
            Fragment value = generator.generate(coerce(call.argument(0), SqlType.BOOLEAN));
            return Fragment.of(value.code(), format(pattern, value.isNull(), value.value()), call.type());
        };
    }

    /** The operands of nested calls of AND (or OR) as one list. */
    static List<ScalarExpression> flatten(FunctionCall call) {
        List<ScalarExpression> operands = new ArrayList<>();
        for (ScalarExpression argument : call.arguments()) {
            if (argument instanceof FunctionCall nested && nested.function() == call.function()) {
                operands.addAll(flatten(nested));
            } else {
                operands.add(coerce(argument, SqlType.BOOLEAN));
            }
        }
        return operands;
    }

    /** The arguments in as many calls of the same function as it takes to give none too many. */
    static List<ScalarExpression> grouped(FunctionCall call, List<ScalarExpression> arguments) {
        List<ScalarExpression> current = arguments;
        while (current.size() > MAX_ARGUMENTS) {
            List<ScalarExpression> groups = new ArrayList<>();
            for (int from = 0; from < current.size(); from += MAX_ARGUMENTS) {
                List<ScalarExpression> group = current.subList(from, Math.min(current.size(), from + MAX_ARGUMENTS));
                groups.add(new FunctionCall(call.function(), group, call.type()));
            }
            current = groups;
        }
        return current;
    }

    private static Fragment connective(FunctionCall call, ExpressionGenerator generator, boolean conjunction) {
        List<ScalarExpression> operands = call.arguments().size() > MAX_ARGUMENTS ? call.arguments() : flatten(call);
        List<Fragment> values = generator.generateAll(grouped(call, operands));
        if (values.stream().allMatch(Fragment::isTerm)) {
            String operator = conjunction ? "&" : "|";
            String separator = " " + (values.size() > MAX_EAGER_OPERANDS ? operator + operator : operator) + " ";
            String terms = values.stream().map(Fragment::value).collect(Collectors.joining(separator, "(", ")"));
            return Fragment.of("", terms, call.type());
        }
        boolean nullable = !values.stream().allMatch(Fragment::neverNull);
        int number = generator.source().nextNumber();
        StringBuilder code = new StringBuilder();
        code.append(format("boolean value%d = %s;%n", number, conjunction));
        if (nullable) {
            code.append(format("boolean null%d = false;%n", number));
        }
        code.append(format("do {%n"));
        String decides = format(
                "{ value%d = %s; %sbreak; }", number, !conjunction, nullable ? "null" + number + " = false; " : "");
        for (Fragment value : values) {
            code.append(value.code());
            String test = conjunction ? "!" + value.value() : value.value();
            if (value.neverNull()) {
                code.append(format("if (%s) %s%n", test, decides));
            } else {
                code.append(format("if (%s) null%d = true; else if (%s) %s%n", value.isNull(), number, test, decides));
            }
        }
        code.append(format("} while (false);%n"));
        String isNull = nullable ? "null" + number : "false";
        return new Fragment(code.toString(), "value" + number, isNull, call.type());
    }
}
