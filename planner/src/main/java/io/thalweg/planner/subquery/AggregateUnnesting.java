package io.thalweg.planner.subquery;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Groups the rows of all outer rows at once, beside the columns of the query by the values that tie them. */
final class AggregateUnnesting {
    private final OuterRow outer;
    private final RexBuilder expressions;

    AggregateUnnesting(OuterRow outer) {
        this.outer = outer;
        this.expressions = outer.rel().getCluster().getRexBuilder();
    }

    /** @param query the input, with all its rows in the relation */
    Unnested of(Aggregate aggregate, Unnested query) {
        Unnested input = query;
        Optional<List<Tie>> found =
                outer.isTied() && outer.fieldsOf(input.outputs()).isEmpty()
                        ? Tie.all(input.conditions(), outer)
                        : Optional.empty();
        if (found.isEmpty()) {
            input = new Grounding(outer).ground(query, ImmutableBitSet.of()).query();
            found = Tie.all(input.conditions(), outer);
        }
        List<Tie> ties = found.orElseThrow();
        List<RexNode> columns = new ArrayList<>(input.outputs());
        List<Integer> tieColumns = new ArrayList<>();
        for (Tie tie : ties) {
            int known = columns.subList(input.outputs().size(), columns.size()).indexOf(tie.innerSide());
            tieColumns.add(known < 0 ? columns.size() : input.outputs().size() + known);
            if (known < 0) {
                columns.add(tie.innerSide());
            }
        }
        RelNode rel = grouped(aggregate, Unnested.project(input.rel(), columns));
        int shift = aggregate.getGroupCount() - input.outputs().size();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < ties.size(); i++) {
            RexNode column = RexInputRef.of(tieColumns.get(i) + shift, rel.getRowType());
            conditions.add(
                    expressions.makeCall(ties.get(i).operator(), ties.get(i).outerSide(), column));
        }
        return new Unnested(rel, outputs(aggregate, rel), conditions, aggregate.getGroupCount() == 0);
    }

    /** The aggregate by its own columns and by all that follow those of its own input. */
    private static RelNode grouped(Aggregate aggregate, RelNode input) {
        ImmutableBitSet ties = ImmutableBitSet.range(
                aggregate.getInput().getRowType().getFieldCount(),
                input.getRowType().getFieldCount());
        boolean isSimple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        if (!isSimple && aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a grand total in a sub-query that reads columns of the query around it is not supported");
        }
        List<ImmutableBitSet> sets =
                aggregate.getGroupSets().stream().map(ties::union).toList();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(call.adaptTo(input, call.getArgList(), call.filterArg, aggregate.getGroupCount() == 0, false));
        }
        return LogicalAggregate.create(input, List.of(), aggregate.getGroupSet().union(ties), sets, calls);
    }

    private List<RexNode> outputs(Aggregate aggregate, RelNode rel) {
        int groups = aggregate.getGroupCount();
        List<RexNode> outputs = new ArrayList<>(Unnested.columns(rel, 0, groups));
        int firstCall =
                rel.getRowType().getFieldCount() - aggregate.getAggCallList().size();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            RexNode result = RexInputRef.of(firstCall + i, rel.getRowType());
            RelDataType type = aggregate.getAggCallList().get(i).getType();
            outputs.add(groups == 0 ? ofNoRows(result, type) : cast(result, type));
        }
        return outputs;
    }

    /** The result of a call that is NULL where there is no group: counts are 0 then, everything else NULL. */
    private RexNode ofNoRows(RexNode result, RelDataType type) {
        RelDataType nullable = expressions.getTypeFactory().createTypeWithNullability(result.getType(), true);
        RexNode column = new RexInputRef(((RexInputRef) result).getIndex(), nullable);
        if (type.isNullable()) {
            return cast(column, type);
        }
        if (!SqlTypeUtil.isExactNumeric(type)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "an aggregate function that is never NULL and no count is not supported in a sub-query that reads"
                            + " columns of the query around it");
        }
        RexNode none = expressions.makeExactLiteral(BigDecimal.ZERO, type);
        return expressions.makeCall(type, SqlStdOperatorTable.COALESCE, List.of(column, none));
    }

    private RexNode cast(RexNode value, RelDataType type) {
        return value.getType().equals(type) ? value : expressions.makeAbstractCast(type, value, false);
    }
}
