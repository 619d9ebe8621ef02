package io.thalweg.planner.subquery;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.relation.MatchJoin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A relation to which sub-queries are joined one after the other, each adding the column that its expression reads, or
 * dropping the rows that it rejects. The columns that were there at first stay the first ones.
 */
final class Attachment {
    private final OuterRow outer;
    private final Unnesting unnesting;
    private final Grounding grounding;
    private final RexBuilder expressions;
    private final Map<String, RexNode> known = new HashMap<>();
    private RelNode rel;

    /**
     * @param names under which sub-queries speak of the rows of the relation
     * @param isTied whether equalities with the rows may stand for their values
     */
    Attachment(RelNode rel, Set<CorrelationId> names, boolean isTied) {
        this.rel = rel;
        this.outer = new OuterRow(rel, names, isTied);
        this.unnesting = new Unnesting(outer);
        this.grounding = new Grounding(outer);
        this.expressions = rel.getCluster().getRexBuilder();
    }

    /** The relation with all that was added. */
    RelNode rel() {
        return rel;
    }

    /** An expression that reads columns in the place of sub-queries. */
    RexNode withoutSubQueries(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexSubQuery plain = (RexSubQuery) super.visitSubQuery(query);
                return cast(value(plain), query.getType());
            }
        });
    }

    private RexNode cast(RexNode value, RelDataType type) {
        return value.getType().equals(type) ? value : expressions.makeAbstractCast(type, value, false);
    }

    /** Keeps the rows for which a condition is true. */
    void filter(RexNode condition) {
        boolean isNegated = condition.getKind() == SqlKind.NOT;
        RexNode tested = isNegated ? ((RexCall) condition).getOperands().get(0) : condition;
        boolean isMembership = tested.getKind() == SqlKind.EXISTS
                || tested.getKind() == SqlKind.IN
                || tested.getKind() == SqlKind.SOME;
        if (!(tested instanceof RexSubQuery query) || !isMembership) {
            RexNode plain = withoutSubQueries(condition);
            rel = LogicalFilter.create(rel, plain);
            return;
        }
        List<RexNode> sought =
                query.getOperands().stream().map(this::withoutSubQueries).toList();
        Unnested members = query.getKind() == SqlKind.EXISTS ? some(query) : unnested(query);
        if (query.getKind() == SqlKind.EXISTS && members.isTotal()) {
            if (isNegated) {
                rel = LogicalFilter.create(rel, expressions.makeLiteral(false));
            }
        } else if (query.getKind() == SqlKind.EXISTS) {
            keep(members, List.of(), isNegated ? JoinRelType.ANTI : JoinRelType.SEMI);
        } else {
            Membership membership = new Membership(query, sought, unnesting.rows(members));
            if (isNegated) {
                membership.dropPossible();
            } else {
                keep(membership.members, membership.comparisons(), JoinRelType.SEMI);
            }
        }
    }

    /** The rows of a query of which only matters whether there are any: a limit from 1 leaves one if there is one. */
    private Unnested some(RexSubQuery query) {
        RelNode rows = query.rel;
        if (rows instanceof Sort sort && sort.offset == null && isPositive(sort.fetch)) {
            rows = sort.getInput();
        }
        return unnesting.of(new SubQueryRemoval(outer.isTied()).without(rows));
    }

    private static boolean isPositive(@Nullable RexNode limit) {
        BigDecimal number = limit instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        return number != null && number.signum() > 0;
    }

    private Unnested unnested(RexSubQuery query) {
        return unnesting.of(new SubQueryRemoval(outer.isTied()).without(query.rel));
    }

    /** The value of a sub-query whose operands hold no other. */
    private RexNode value(RexSubQuery query) {
        return switch (query.getKind()) {
            case EXISTS -> {
                Unnested rows = some(query);
                yield rows.isTotal() ? expressions.makeLiteral(true) : mark(rows, List.of());
            }
            case IN, SOME -> new Membership(query, query.getOperands(), unnesting.rows(unnested(query))).value();
            case SCALAR_QUERY -> scalar(query);
            default ->
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        query.getKind().sql.replace('_', ' ') + " of a sub-query is not supported");
        };
    }

    /** An expression over the relation of a query and the outer row, over the rows of a join with that relation. */
    private RexNode joined(RexNode expression) {
        return ofOuter(RexUtil.shift(expression, rel.getRowType().getFieldCount()));
    }

    private RexNode ofOuter(RexNode expression) {
        return outer.replaced(expression, field -> RexInputRef.of(field, rel.getRowType()));
    }

    /** @param pairs further conditions over the rows of the join */
    private List<RexNode> conditions(Unnested query, List<RexNode> pairs) {
        List<RexNode> conditions = new ArrayList<>();
        query.conditions().forEach(c -> conditions.add(joined(c)));
        conditions.addAll(pairs);
        return conditions;
    }

    private void keep(Unnested query, List<RexNode> pairs, JoinRelType type) {
        rel = grounding.join(rel, query.rel(), conditions(query, pairs), type);
    }

    private RexNode mark(Unnested query, List<RexNode> pairs) {
        return once("mark", query, pairs, () -> {
            RexNode condition = RexUtil.composeConjunction(expressions, conditions(query, pairs));
            rel = MatchJoin.create(rel, query.rel(), condition, MatchJoin.Kind.MARK);
            return RexInputRef.of(rel.getRowType().getFieldCount() - 1, rel.getRowType());
        });
    }

    /** What the validator writes twice is joined once. */
    private RexNode once(String kind, Unnested query, List<RexNode> pairs, Supplier<RexNode> join) {
        int width = rel.getRowType().getFieldCount();
        StringBuilder text = new StringBuilder(kind).append(RelOptUtil.toString(query.rel()));
        query.outputs()
                .forEach(o ->
                        text.append(ofOuter(RexUtil.shift(o, Short.MAX_VALUE))).append(';'));
        query.conditions()
                .forEach(c ->
                        text.append(ofOuter(RexUtil.shift(c, Short.MAX_VALUE))).append(';'));
        pairs.forEach(p -> text.append(outwards(p, width)).append(';'));
        RexNode value = known.get(text.toString());
        if (value == null) {
            value = join.get();
            known.put(text.toString(), value);
        }
        return value;
    }

    /** The same expression whatever was joined before. */
    private static RexNode outwards(RexNode pair, int width) {
        return pair.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
                int index = column.getIndex();
                return new RexInputRef(index < width ? index : index - width + Short.MAX_VALUE, column.getType());
            }
        });
    }

    private RexNode scalar(RexSubQuery query) {
        Unnested rows = unnested(query);
        if (rows.isTotal()) {
            return once("left", rows, List.of(), () -> {
                int shift = rel.getRowType().getFieldCount();
                rel = grounding.join(rel, rows.rel(), conditions(rows, List.of()), JoinRelType.LEFT);
                return ofOuter(Grounding.shiftedInto(rel, rows.outputs().get(0), shift));
            });
        }
        if (isOneRow(rows.rel())) {
            return once("one", rows, List.of(), () -> {
                int shift = rel.getRowType().getFieldCount();
                rel = grounding.join(rel, rows.rel(), List.of(), JoinRelType.INNER);
                return RexInputRef.of(shift, rel.getRowType());
            });
        }
        return once("single", rows, List.of(), () -> single(rows));
    }

    private RexNode single(Unnested query) {
        Partner partner = new Partner(query, outer);
        int shift = rel.getRowType().getFieldCount();
        RexNode condition = RexUtil.composeConjunction(expressions, conditions(partner.rows(), List.of()));
        rel = MatchJoin.create(rel, partner.rows().rel(), condition, MatchJoin.Kind.SINGLE);
        return partner.outputs(rel, shift).get(0);
    }

    private static boolean isOneRow(RelNode query) {
        if (query instanceof Values values) {
            return values.getTuples().size() == 1;
        }
        return query instanceof Aggregate aggregate
                ? aggregate.getGroupType() == Aggregate.Group.SIMPLE && aggregate.getGroupCount() == 0
                : query instanceof Project project && isOneRow(project.getInput());
    }

    /** Whether a value is among those of a sub-query, or compares with one of them: true, false, or NULL if that may be. */
    private final class Membership {
        private final Unnested members;
        private final List<RexNode> sought;
        private final SqlOperator operator;

        Membership(RexSubQuery query, List<RexNode> sought, Unnested members) {
            this.sought = sought;
            this.members = members;
            this.operator = query.op instanceof SqlQuantifyOperator quantified && query.getKind() == SqlKind.SOME
                    ? comparison(quantified.comparisonKind)
                    : SqlStdOperatorTable.EQUALS;
        }

        private static SqlOperator comparison(SqlKind kind) {
            return switch (kind) {
                case EQUALS -> SqlStdOperatorTable.EQUALS;
                case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
                case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
                case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
                case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
                case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
                default -> throw new IllegalArgumentException("a comparison with SOME by " + kind);
            };
        }

        /** What is true of a pair if the member is the sought value. */
        List<RexNode> comparisons() {
            List<RexNode> comparisons = new ArrayList<>();
            for (int i = 0; i < sought.size(); i++) {
                RexNode member = joined(members.outputs().get(i));
                comparisons.add(expressions.makeCall(operator, sought.get(i), member));
            }
            return comparisons;
        }

        /** Keeps the rows of which it is certain that they have no member. */
        void dropPossible() {
            if (sought.size() > 1) {
                RexNode all = RexUtil.composeConjunction(expressions, comparisons());
                keep(members, List.of(expressions.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, all)), JoinRelType.ANTI);
                return;
            }
            keep(members, comparisons(), JoinRelType.ANTI);
            if (sought.get(0).getType().isNullable()) {
                RexNode isUnknown = expressions.makeCall(SqlStdOperatorTable.IS_NULL, sought.get(0));
                keep(presence(members), List.of(isUnknown), JoinRelType.ANTI);
            }
            if (members.outputs().get(0).getType().isNullable()) {
                keep(unknownMembers(), List.of(), JoinRelType.ANTI);
            }
        }

        RexNode value() {
            RexNode isMember = mark(members, comparisons());
            List<RexNode> unknown = new ArrayList<>();
            if (sought.size() > 1) {
                RexNode all = RexUtil.composeConjunction(expressions, comparisons());
                if (all.getType().isNullable()) {
                    unknown.add(mark(members, List.of(expressions.makeCall(SqlStdOperatorTable.IS_UNKNOWN, all))));
                }
            } else {
                if (sought.get(0).getType().isNullable()) {
                    RexNode isUnknown = expressions.makeCall(SqlStdOperatorTable.IS_NULL, sought.get(0));
                    RexNode isAny = mark(presence(members), List.of());
                    unknown.add(expressions.makeCall(SqlStdOperatorTable.AND, isUnknown, isAny));
                }
                if (members.outputs().get(0).getType().isNullable()) {
                    unknown.add(mark(unknownMembers(), List.of()));
                }
            }
            if (unknown.isEmpty()) {
                return isMember;
            }
            RelDataType type = expressions.getTypeFactory().createTypeWithNullability(isMember.getType(), true);
            return expressions.makeCall(
                    type,
                    SqlStdOperatorTable.CASE,
                    List.of(
                            isMember,
                            expressions.makeLiteral(true),
                            RexUtil.composeDisjunction(expressions, unknown),
                            expressions.makeNullLiteral(type),
                            expressions.makeLiteral(false)));
        }

        private Unnested unknownMembers() {
            RexNode isNull = expressions.makeCall(
                    SqlStdOperatorTable.IS_NULL, members.outputs().get(0));
            if (outer.isReadBy(isNull)) {
                List<RexNode> conditions = new ArrayList<>(members.conditions());
                conditions.add(isNull);
                return presence(new Unnested(members.rel(), members.outputs(), conditions, false));
            }
            RelNode some = grounding.filtered(members.rel(), List.of(isNull));
            return presence(new Unnested(some, members.outputs(), members.conditions(), false));
        }

        /** Tells only whether there are rows, so that few are kept. */
        private Unnested presence(Unnested query) {
            Unnested bare =
                    query.withOutputs(List.of(expressions.makeLiteral(true))).materialized();
            RelNode distinct = LogicalAggregate.create(
                    bare.rel(),
                    List.of(),
                    ImmutableBitSet.range(bare.rel().getRowType().getFieldCount()),
                    null,
                    List.of());
            return new Unnested(distinct, Unnested.columns(distinct, 0, 1), bare.conditions(), false);
        }
    }
}
