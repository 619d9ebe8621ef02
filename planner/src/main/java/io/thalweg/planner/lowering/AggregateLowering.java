package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Turns GROUP BY and DISTINCT into an aggregate node. */
final class AggregateLowering {
    private static final Map<SqlAggFunction, AggregateFunction> FUNCTIONS = Map.of(
            SqlStdOperatorTable.COUNT, AggregateFunction.COUNT,
            SqlStdOperatorTable.SUM, AggregateFunction.SUM,
            SqlStdOperatorTable.AVG, AggregateFunction.AVERAGE,
            SqlStdOperatorTable.MIN, AggregateFunction.MINIMUM,
            SqlStdOperatorTable.MAX, AggregateFunction.MAXIMUM);

    private AggregateLowering() {}

    static PlanNode lower(Aggregate aggregate, PlanNode input) {
        boolean oneSet = aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getAggCallList().stream().noneMatch(GroupingSets::isConstant);
        return oneSet
                ? simple(
                        input,
                        aggregate.getGroupSet().asList(),
                        aggregate.getAggCallList(),
                        aggregate.getRowType().getFieldNames())
                : GroupingSets.lower(aggregate, input);
    }

    /**
     * Groups by one set of columns.
     *
     * @param names of the group columns and the calls
     */
    static PlanNode simple(
            PlanNode fullInput,
            List<Integer> groups,
            List<org.apache.calcite.rel.core.AggregateCall> relationalCalls,
            List<String> names) {
        boolean readsNothing = groups.isEmpty()
                && relationalCalls.stream().allMatch(c -> c.getArgList().isEmpty() && c.filterArg < 0);
        // COUNT(*) needs rows, but no column of them.
        PlanNode input = readsNothing ? CalcComposer.project(fullInput, List.of(), List.of()) : fullInput;
        List<Field> fields = new ArrayList<>();
        for (int group : groups) {
            fields.add(new Field(names.get(fields.size()), input.type().type(group)));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (org.apache.calcite.rel.core.AggregateCall call : relationalCalls) {
            AggregateCall lowered = call(call, input.type());
            calls.add(lowered);
            fields.add(new Field(names.get(fields.size()), lowered.type()));
        }
        return new AggregateNode(input, groups, calls, Optional.empty(), new RowType(fields));
    }

    /** An aggregate call over the columns of a relation. */
    static AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, RowType input) {
        AggregateFunction function = FUNCTIONS.get(call.getAggregation());
        String name = call.getAggregation().getName();
        if (function == null || !call.getCollation().getFieldCollations().isEmpty()) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "aggregate function " + name + " is not supported");
        }
        SqlType type = TypeTranslator.toModel(call.getType());
        OptionalInt filter = call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg);
        if (call.getArgList().isEmpty()) {
            return new AggregateCall(AggregateFunction.COUNT_ROWS, OptionalInt.empty(), filter, false, type);
        }
        if (call.getArgList().size() > 1) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, name + " of more than one argument is not supported");
        }
        int argument = call.getArgList().get(0);
        checkArgument(function, name, input.type(argument));
        boolean extreme = function == AggregateFunction.MINIMUM || function == AggregateFunction.MAXIMUM;
        return new AggregateCall(function, OptionalInt.of(argument), filter, call.isDistinct() && !extreme, type);
    }

    private static void checkArgument(AggregateFunction function, String name, SqlType type) {
        boolean summing = function == AggregateFunction.SUM || function == AggregateFunction.AVERAGE;
        if ((summing && !type.name().isNumeric()) || type.name().isInterval()) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "aggregate function " + name + " of values of type " + type.sqlText() + " is not supported");
        }
    }
}
