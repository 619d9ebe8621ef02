package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** The functions on text that have a syntax of their own. */
final class TextCalls {
    private TextCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.CONCAT, TextCalls::concatenate);
        table.add(ThalwegOperators.CONCAT, TextCalls::concatenate);
        table.add(SqlStdOperatorTable.SUBSTRING, call -> withNumbers(call, ScalarFunction.SUBSTRING, 1));
        table.add(SqlStdOperatorTable.OVERLAY, call -> withNumbers(call, ScalarFunction.OVERLAY, 2));
        table.add(SqlStdOperatorTable.POSITION, call -> withNumbers(call, ScalarFunction.POSITION, 2));
        table.add(ThalwegOperators.STRPOS, TextCalls::find);
        table.add(ThalwegOperators.INSTR, TextCalls::find);
        table.add(SqlStdOperatorTable.TRIM, TextCalls::trim);
        table.add(ThalwegOperators.LTRIM, call -> trim(call, ScalarFunction.TRIM_LEADING));
        table.add(ThalwegOperators.RTRIM, call -> trim(call, ScalarFunction.TRIM_TRAILING));
        table.add(ThalwegOperators.CONCAT_WS, TextCalls::join);
        like(table, SqlStdOperatorTable.SIMILAR_TO, ScalarFunction.SIMILAR, false);
        like(table, SqlStdOperatorTable.NOT_SIMILAR_TO, ScalarFunction.SIMILAR, true);
        like(table, SqlLibraryOperators.RLIKE, ScalarFunction.REGEX_MATCHES, false);
        like(table, SqlLibraryOperators.NOT_RLIKE, ScalarFunction.REGEX_MATCHES, true);
        like(table, SqlStdOperatorTable.LIKE, ScalarFunction.LIKE, false);
        like(table, SqlStdOperatorTable.NOT_LIKE, ScalarFunction.LIKE, true);
        like(table, SqlLibraryOperators.ILIKE, ScalarFunction.LIKE_IGNORE_CASE, false);
        like(table, SqlLibraryOperators.NOT_ILIKE, ScalarFunction.LIKE_IGNORE_CASE, true);
    }

    private static ScalarExpression concatenate(CallSite call) {
        if (call.type().name() == TypeName.VARBINARY) {
            throw call.unsupported("of bytes");
        }
        if (call.type().name() == TypeName.ARRAY) {
            return CollectionCalls.concatenate(call);
        }
        List<ScalarExpression> parts = new ArrayList<>();
        for (ScalarExpression argument : call.arguments()) {
            parts.add(argument.type().name().isText() ? argument : Coercion.cast(argument, SqlType.VARCHAR));
        }
        return call.result(ScalarFunction.CONCATENATE, parts);
    }

    /** Each part with a separator before it, or nothing where it is NULL; then without the first separator. */
    private static ScalarExpression join(CallSite call) {
        ScalarExpression separator = call.argument(0, SqlType.VARCHAR);
        List<ScalarExpression> parts = new ArrayList<>();
        for (int i = 1; i < call.size(); i++) {
            ScalarExpression part = FunctionCall.of(
                    ScalarFunction.CONCATENATE, SqlType.VARCHAR, separator, call.argument(i, SqlType.VARCHAR));
            parts.add(FunctionCall.of(ScalarFunction.COALESCE, SqlType.VARCHAR.notNull(), part, Literal.of("")));
        }
        ScalarExpression all = new FunctionCall(ScalarFunction.CONCATENATE, parts, SqlType.VARCHAR.notNull());
        ScalarExpression length = FunctionCall.of(ScalarFunction.CHARACTER_LENGTH, SqlType.INTEGER, separator);
        ScalarExpression start = FunctionCall.of(ScalarFunction.ADD, SqlType.INTEGER, length, Literal.of(1));
        return call.result(ScalarFunction.SUBSTRING, all, start);
    }

    /** Arguments from an index on are positions and lengths. */
    private static ScalarExpression withNumbers(CallSite call, ScalarFunction function, int firstNumber) {
        List<ScalarExpression> arguments = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            arguments.add(i < firstNumber ? call.argument(i) : call.argument(i, SqlType.INTEGER));
        }
        boolean bytes = arguments.get(0).type().name() == TypeName.VARBINARY;
        if (bytes && function != ScalarFunction.SUBSTRING) {
            throw call.unsupported("of bytes");
        }
        return call.result(function, arguments);
    }

    private static ScalarExpression find(CallSite call) {
        return call.result(ScalarFunction.POSITION, call.argument(1), call.argument(0));
    }

    /** The operands are a word, the characters, the text. */
    private static ScalarExpression trim(CallSite call) {
        ScalarFunction side = switch (call.word(0, SqlTrimFunction.Flag.class)) {
            case BOTH -> ScalarFunction.TRIM_BOTH;
            case LEADING -> ScalarFunction.TRIM_LEADING;
            case TRAILING -> ScalarFunction.TRIM_TRAILING;
        };
        ScalarExpression text = call.argument(2);
        if (text.type().name() == TypeName.VARBINARY) {
            throw call.unsupported("of bytes");
        }
        return call.result(side, text, call.argument(1));
    }

    private static ScalarExpression trim(CallSite call, ScalarFunction side) {
        return call.result(side, call.argument(0), call.size() > 1 ? call.argument(1) : Literal.of(" "));
    }

    private static void like(CallLoweringTable table, SqlOperator operator, ScalarFunction function, boolean negated) {
        table.add(operator, call -> {
            ScalarExpression match = call.result(function, call.arguments());
            return negated ? call.result(ScalarFunction.NOT, match) : match;
        });
    }
}
