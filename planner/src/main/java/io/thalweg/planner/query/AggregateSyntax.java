package io.thalweg.planner.query;

import io.thalweg.planner.function.CollectionAggregates;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Makes ARRAY_AGG our own from the beginning: the parser knows it as a function whose result has another type. */
final class AggregateSyntax extends SqlBasicVisitor<@Nullable Void> {
    private AggregateSyntax() {}

    /** Changes the calls in a query that was parsed. */
    static void prepare(SqlNode query) {
        query.accept(new AggregateSyntax());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlBasicCall basic && basic.getOperator().equals(SqlLibraryOperators.ARRAY_AGG)) {
            basic.setOperator(CollectionAggregates.ARRAY_AGG);
        }
        return super.visit(call);
    }
}
