package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.ShorthandOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the functions that are short for others are short for. */
final class ShorthandCalls {
    private static final List<String> NORMAL_FORMS = List.of("NFC", "NFD", "NFKC", "NFKD");
    private static final List<String> URL_PARTS =
            List.of("PROTOCOL", "AUTHORITY", "USERINFO", "HOST", "PORT", "PATH", "FILE", "QUERY", "REF");

    private ShorthandCalls() {}

    static void register(CallLoweringTable table) {
        table.add(ShorthandOperators.DECODE, ShorthandCalls::decode);
        table.add(
                ShorthandOperators.TYPEOF,
                call -> Literal.of(call.argument(0).type().sqlText()));
        table.add(ShorthandOperators.FORMAT, ShorthandCalls::format);
        table.add(ShorthandOperators.LOCATE, ShorthandCalls::locate);
        table.add(ShorthandOperators.CHARINDEX, ShorthandCalls::locate);
        table.add(
                ShorthandOperators.SPACE,
                call -> call.result(ScalarFunction.REPEAT, Literal.of(" "), call.argument(0, SqlType.INTEGER)));
        table.add(ShorthandOperators.BIT_LENGTH, ShorthandCalls::bits);
        table.add(
                ShorthandOperators.DIV,
                call -> call.result(
                        ScalarFunction.DIVIDE, call.argument(0, SqlType.BIGINT), call.argument(1, SqlType.BIGINT)));
        table.add(ShorthandOperators.TRUNC, call -> NumberCalls.digits(call, ScalarFunction.TRUNCATE));
        table.add(ShorthandOperators.E, call -> new Literal(Math.E, SqlType.DOUBLE.notNull()));
        table.add(ShorthandOperators.IIF, ConditionalCalls::choice);
        table.add(ShorthandOperators.NORMALIZE, ShorthandCalls::normalize);
        table.add(ShorthandOperators.PARSE_URL, ShorthandCalls::urlPart);
    }

    private static ScalarExpression normalize(CallSite call) {
        String form = call.size() == 1 ? "NFC" : word(call, 1, NORMAL_FORMS);
        return call.result(ScalarFunction.NORMALIZE, call.argument(0, SqlType.VARCHAR), Literal.of(form));
    }

    private static ScalarExpression urlPart(CallSite call) {
        List<ScalarExpression> arguments = new ArrayList<>();
        arguments.add(call.argument(0, SqlType.VARCHAR));
        arguments.add(Literal.of(word(call, 1, URL_PARTS)));
        if (call.size() > 2) {
            arguments.add(call.argument(2, SqlType.VARCHAR));
        }
        return call.result(ScalarFunction.URL_PART, arguments);
    }

    /** An argument that is one of some words, in any case. */
    private static String word(CallSite call, int index, List<String> words) {
        String word = call.constantText(index).toUpperCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new ThalwegException(
                            ErrorCode.ARGUMENT_OUT_OF_RANGE,
                            "argument " + (index + 1) + " of function " + call.name() + " cannot be '" + word + "'")
                    .withHint("It is one of " + String.join(", ", words) + ".");
        }
        return word;
    }

    /** value, then what it may be and what to give for it in turns, then perhaps what to give otherwise. */
    private static ScalarExpression decode(CallSite call) {
        List<ScalarExpression> branches = new ArrayList<>();
        int next = 1;
        for (; next + 1 < call.size(); next += 2) {
            branches.add(ComparisonCalls.compare(
                    ScalarFunction.IS_NOT_DISTINCT_FROM, call.argument(0), call.argument(next)));
            branches.add(call.argument(next + 1, call.type()));
        }
        branches.add(next < call.size() ? call.argument(next, call.type()) : Literal.nullOf(call.type()));
        return call.result(ScalarFunction.CASE, branches);
    }

    /** The parts of the pattern and the values in its places, one behind the other. */
    private static ScalarExpression format(CallSite call) {
        if (call.argument(0) instanceof Literal literal && literal.isNull()) {
            return Literal.nullOf(call.type());
        }
        List<ScalarExpression> parts = new ArrayList<>();
        for (FormatPattern.Part part : FormatPattern.read(call.constantText(0))) {
            if (part.argument() == 0) {
                parts.add(Literal.of(part.text()));
                continue;
            }
            if (part.argument() >= call.size()) {
                throw call.unsupported("with fewer values than its pattern has places");
            }
            parts.add(padded(shown(call.argument(part.argument())), part));
        }
        return parts.isEmpty() ? Literal.of("") : call.result(ScalarFunction.CONCATENATE, parts);
    }

    /** A value as text, nothing for NULL. */
    private static ScalarExpression shown(ScalarExpression value) {
        ScalarExpression text = Coercion.cast(value, SqlType.VARCHAR);
        return FunctionCall.of(ScalarFunction.COALESCE, SqlType.VARCHAR.notNull(), text, Literal.of(""));
    }

    /** Filled to a width, but never cut. */
    private static ScalarExpression padded(ScalarExpression text, FormatPattern.Part part) {
        if (part.width() == 0) {
            return text;
        }
        SqlType integer = SqlType.INTEGER.notNull();
        ScalarExpression length = FunctionCall.of(
                ScalarFunction.GREATEST,
                integer,
                FunctionCall.of(ScalarFunction.CHARACTER_LENGTH, integer, text),
                Literal.of(part.width()));
        ScalarFunction side = part.toTheLeft() ? ScalarFunction.PAD_RIGHT : ScalarFunction.PAD_LEFT;
        return FunctionCall.of(side, text.type(), text, length, Literal.of(" "));
    }

    private static ScalarExpression locate(CallSite call) {
        List<ScalarExpression> arguments =
                new ArrayList<>(List.of(call.argument(0, SqlType.VARCHAR), call.argument(1, SqlType.VARCHAR)));
        if (call.size() > 2) {
            arguments.add(call.argument(2, SqlType.INTEGER));
        }
        return call.result(ScalarFunction.POSITION, arguments);
    }

    private static ScalarExpression bits(CallSite call) {
        ScalarExpression bytes = FunctionCall.of(ScalarFunction.OCTET_LENGTH, call.type(), call.argument(0));
        return call.result(ScalarFunction.MULTIPLY, bytes, Literal.of(Byte.SIZE));
    }
}
