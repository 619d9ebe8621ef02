package io.thalweg.planner.lowering;

import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;

/** Turns GROUP BY and DISTINCT into an aggregate node. */
final class AggregateLowering {
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
        AggregateInput input =
                new AggregateInput(readsNothing ? CalcComposer.project(fullInput, List.of(), List.of()) : fullInput);
        List<Field> fields = new ArrayList<>();
        for (int group : groups) {
            fields.add(new Field(names.get(fields.size()), input.type(group)));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (org.apache.calcite.rel.core.AggregateCall call : relationalCalls) {
            AggregateCall lowered = AggregateCallSite.lower(call, input);
            calls.add(lowered);
            fields.add(new Field(names.get(fields.size()), lowered.type()));
        }
        return new AggregateNode(input.node(), groups, calls, Optional.empty(), new RowType(fields));
    }
}
