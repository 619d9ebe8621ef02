package io.thalweg.planner.lowering;

import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/** How the calls of every operator are translated, put together from one table for each family. */
final class CallLoweringTable {
    static final CallLoweringTable INSTANCE = new CallLoweringTable();

    private final Map<SqlOperator, CallLowering> byOperator = new HashMap<>();

    private CallLoweringTable() {
        ArithmeticCalls.register(this);
        ComparisonCalls.register(this);
        LogicCalls.register(this);
        ConditionalCalls.register(this);
        CastCalls.register(this);
        TextCalls.register(this);
        NumberCalls.register(this);
        DateTimeCalls.register(this);
        CalendarCalls.register(this);
        ShorthandCalls.register(this);
        IntervalCalls.register(this);
        WindowCalls.register(this);
        CollectionCalls.register(this);
        JsonCalls.register(this);
        LibraryCalls.register(this);
    }

    void add(SqlOperator operator, CallLowering lowering) {
        if (byOperator.put(operator, lowering) != null) {
            throw new IllegalStateException("two translations of " + operator);
        }
    }

    @Nullable
    CallLowering find(SqlOperator operator) {
        return byOperator.get(operator);
    }
}
