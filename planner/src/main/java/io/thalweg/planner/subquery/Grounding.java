package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Brings the values of the outer row into the relation of a query, for operators that cannot wait for them: as a column of
 * the relation that equals them, or by a join with all values that there are.
 */
final class Grounding {
    private final OuterRow outer;
    private final RexBuilder expressions;

    Grounding(OuterRow outer) {
        this.outer = outer;
        this.expressions = outer.rel().getCluster().getRexBuilder();
    }

    /**
     * A query whose outputs do not read the outer row, and whose conditions are ties only.
     *
     * @param values expressions over the relation that stand for columns of the outer row
     * @param domain the columns whose values come from the outer rows themselves, NULL included
     */
    record Grounded(Unnested query, Map<Integer, RexNode> values, ImmutableBitSet domain) {}

    /** @param fields columns of the outer row that are wanted in any case */
    Grounded ground(Unnested query, ImmutableBitSet fields) {
        List<RexNode> all = new ArrayList<>(query.conditions());
        all.addAll(query.outputs());
        ImmutableBitSet wanted = fields.union(outer.fieldsOf(all));
        if (query.isTotal()) {
            return groundTotal(query, wanted);
        }
        Map<Integer, RexNode> values = new LinkedHashMap<>();
        List<RexNode> ties = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : query.conditions()) {
            Optional<Tie> tie = outer.isTied() ? Tie.of(condition, outer).filter(Tie::isSame) : Optional.empty();
            int field = tie.map(t -> outer.fieldOf(t.outerSide())).orElse(-1);
            if (field >= 0 && tie.isPresent() && !values.containsKey(field)) {
                values.put(field, tie.get().innerSide());
                ties.add(condition);
            } else {
                rest.add(condition);
            }
        }
        RelNode rel = query.rel();
        ImmutableBitSet missing = wanted.except(ImmutableBitSet.of(values.keySet()));
        if (missing.isEmpty()) {
            rel = filtered(rel, outer.replaced(rest, values::get));
        } else {
            // With the columns that are tied already, so that few of the values meet each row.
            ImmutableBitSet tied = ImmutableBitSet.of(values.keySet());
            ImmutableBitSet asked = missing.union(tied);
            RelNode domain = outer.distinct(asked);
            int column = rel.getRowType().getFieldCount();
            for (int field : asked) {
                RexNode value = new RexInputRef(column++, columnType(domain, asked.indexOf(field)));
                if (tied.get(field)) {
                    rest.add(expressions.makeCall(
                            SqlStdOperatorTable.EQUALS, Objects.requireNonNull(values.get(field)), value));
                } else {
                    values.put(field, value);
                    ties.add(equal(field, value));
                }
            }
            rel = join(rel, domain, outer.replaced(rest, values::get), JoinRelType.INNER);
        }
        List<RexNode> outputs = outer.replaced(query.outputs(), values::get);
        return new Grounded(new Unnested(rel, outputs, ties, false), values, missing);
    }

    private static RelDataType columnType(RelNode rel, int column) {
        return rel.getRowType().getFieldList().get(column).getType();
    }

    /** A row for each value that the outer row may have, also where none of the relation fits. */
    private Grounded groundTotal(Unnested query, ImmutableBitSet fields) {
        RelNode domain = outer.distinct(fields);
        int shift = fields.cardinality();
        Map<Integer, RexNode> values = new LinkedHashMap<>();
        List<RexNode> ties = new ArrayList<>();
        for (int field : fields) {
            RexNode value = RexInputRef.of(fields.indexOf(field), domain.getRowType());
            values.put(field, value);
            ties.add(equal(field, value));
        }
        List<RexNode> conditions = outer.replaced(
                query.conditions().stream().map(c -> RexUtil.shift(c, shift)).toList(), values::get);
        RelNode rel = join(domain, query.rel(), conditions, JoinRelType.LEFT);
        List<RexNode> outputs = new ArrayList<>();
        for (RexNode output : query.outputs()) {
            outputs.add(outer.replaced(shiftedInto(rel, output, shift), values::get));
        }
        return new Grounded(new Unnested(rel, outputs, ties, false), values, fields);
    }

    /** An expression over the last columns of a relation. */
    static RexNode shiftedInto(RelNode rel, RexNode expression, int shift) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
                return RexInputRef.of(column.getIndex() + shift, rel.getRowType());
            }
        });
    }

    /** The outputs of a query followed by the columns of the outer row for which the query has them. */
    RelNode withColumns(Unnested query, ImmutableBitSet fields) {
        Grounded grounded = ground(query, fields);
        List<RexNode> columns = new ArrayList<>(grounded.query().outputs());
        List<RexNode> present = new ArrayList<>();
        for (int field : fields) {
            RexNode value = Objects.requireNonNull(grounded.values().get(field));
            columns.add(value);
            boolean isEqualled = !grounded.domain().get(field);
            if (isEqualled && value.getType().isNullable()) {
                present.add(expressions.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value));
            }
        }
        return Unnested.project(filtered(grounded.query().rel(), present), columns);
    }

    /** Says that the columns that {@link #withColumns} added are those of the outer row. */
    List<RexNode> ties(RelNode rel, int first, ImmutableBitSet fields) {
        List<RexNode> ties = new ArrayList<>();
        for (int field : fields) {
            ties.add(equal(field, RexInputRef.of(first + fields.indexOf(field), rel.getRowType())));
        }
        return ties;
    }

    /** Says that a value is that of a column of the outer row. */
    RexNode equal(int field, RexNode value) {
        RexNode column = outer.field(field);
        boolean neverNull = !column.getType().isNullable() || !value.getType().isNullable();
        SqlOperator operator = neverNull ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
        return expressions.makeCall(operator, column, value);
    }

    RelNode filtered(RelNode rel, List<RexNode> conditions) {
        return conditions.isEmpty()
                ? rel
                : LogicalFilter.create(rel, RexUtil.composeConjunction(expressions, conditions));
    }

    RelNode join(RelNode left, RelNode right, List<RexNode> conditions, JoinRelType type) {
        RexNode condition = RexUtil.composeConjunction(expressions, conditions);
        return LogicalJoin.create(left, right, List.of(), condition, Set.of(), type);
    }
}
