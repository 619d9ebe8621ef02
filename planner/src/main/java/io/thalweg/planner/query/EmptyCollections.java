package io.thalweg.planner.query;

import io.thalweg.planner.function.CollectionOperators;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Gives {@code ARRAY[]} and {@code MAP[]} operators of their own: those of Calcite want one element at least. */
final class EmptyCollections extends SqlShuttle {
    private static final Pattern EMPTY_BRACKETS = Pattern.compile("\\[\\s*]");

    private EmptyCollections() {}

    /** The syntax tree of a text, with the operators exchanged. */
    static SqlNode replaced(SqlNode tree, String text) {
        SqlNode replaced = EMPTY_BRACKETS.matcher(text).find() ? tree.accept(new EmptyCollections()) : tree;
        return replaced == null ? tree : replaced;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.operandCount() == 0 && call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            return CollectionOperators.EMPTY_ARRAY.createCall(call.getParserPosition());
        }
        if (call.operandCount() == 0 && call.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR) {
            return CollectionOperators.EMPTY_MAP.createCall(call.getParserPosition());
        }
        return super.visit(call);
    }
}
