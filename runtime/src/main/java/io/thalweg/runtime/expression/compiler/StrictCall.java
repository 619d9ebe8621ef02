package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of a strict function while it is written: its arguments, and what its body asks for. */
final class StrictCall {
    private final FunctionCall call;
    private final List<Fragment> arguments;
    private final ProgramSource source;
    private final StringBuilder prelude = new StringBuilder();
    private @Nullable String result;
    private @Nullable String nullCondition;

    StrictCall(FunctionCall call, List<Fragment> arguments, ProgramSource source) {
        this.call = call;
        this.arguments = arguments;
        this.source = source;
    }

    FunctionCall call() {
        return call;
    }

    ProgramSource source() {
        return source;
    }

    int argumentCount() {
        return arguments.size();
    }

    SqlType type() {
        return call.type();
    }

    SqlType type(int argument) {
        return arguments.get(argument).type();
    }

    ValueKind kind(int argument) {
        return arguments.get(argument).kind();
    }

    /** The term of an argument that is not NULL. */
    String value(int argument) {
        return arguments.get(argument).value();
    }

    /** The argument as a {@code WideDecimal}. */
    String wide(int argument) {
        if (kind(argument) == ValueKind.WIDE_DECIMAL) {
            return value(argument);
        }
        String wide = source.scratch("WideDecimal");
        before(wide + ".set(" + value(argument) + ");");
        return wide;
    }

    /** The text argument as it is compared: without the trailing spaces of a CHAR. */
    String comparedText(int argument) {
        if (type(argument).name() != TypeName.CHAR) {
            return value(argument);
        }
        String slice = source.scratch("Slice");
        before("ComparisonFunctions.withoutTrailingSpaces(" + value(argument) + ", " + slice + ");");
        return slice;
    }

    /** The holder that the result goes to. */
    String result() {
        if (result == null) {
            result = source.scratch(ValueKind.of(call.type()).javaType());
        }
        return result;
    }

    /** Adds a statement that runs before the body if no argument is NULL. */
    void before(String statement) {
        prelude.append(statement).append('\n');
    }

    /** Makes the result NULL if a condition holds after the body has run; {@code $v} in it is the value. */
    void nullIf(String condition) {
        nullCondition = condition;
    }

    /** Puts terms into a pattern: see {@link StrictTemplate#of(String)}. */
    String fill(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char next = pattern.charAt(i);
            if (next != '$') {
                text.append(next);
                continue;
            }
            char selector = pattern.charAt(++i);
            text.append(selector == 'r' ? result() : value(selector - '0'));
        }
        return text.toString();
    }

    /** The term that is true if any argument is NULL. */
    static String anyNull(List<Fragment> arguments) {
        Set<String> terms = new LinkedHashSet<>();
        for (Fragment argument : arguments) {
            if (!argument.neverNull()) {
                terms.add(argument.isNull());
            }
        }
        return terms.isEmpty() ? "false" : String.join(" || ", terms);
    }

    private static String parenthesized(String term) {
        return term.contains(" ") ? "(" + term + ")" : term;
    }

    Fragment finish(String body, boolean inline) {
        StringBuilder code = new StringBuilder();
        arguments.forEach(argument -> code.append(argument.code()));
        String anyNull = anyNull(arguments);
        boolean neverNull = anyNull.equals("false") && nullCondition == null;
        if (inline && nullCondition == null && prelude.isEmpty()) {
            return new Fragment(code.toString(), "(" + body + ")", parenthesized(anyNull), call.type());
        }
        int number = source.nextNumber();
        ValueKind kind = ValueKind.of(call.type());
        String value = kind.isHolder() ? result() : "value" + number;
        String assign = kind.isHolder() ? body + ";" : value + " = " + body + ";";
        assign += '\n';
        if (!kind.isHolder()) {
            code.append(format("%s %s = %s;%n", kind.javaType(), value, kind.unset()));
        }
        if (neverNull) {
            code.append(prelude).append(assign);
            return Fragment.of(code.toString(), value, call.type());
        }
        String isNull = "null" + number;
        code.append(format("boolean %s = %s;%n", isNull, anyNull));
        code.append(format("if (!%s) {%n%s%s", isNull, prelude, assign));
        if (nullCondition != null) {
            code.append(format("%s = %s;%n", isNull, nullCondition.replace("$v", value)));
        }
        code.append(format("}%n"));
        return new Fragment(code.toString(), value, isNull, call.type());
    }
}
