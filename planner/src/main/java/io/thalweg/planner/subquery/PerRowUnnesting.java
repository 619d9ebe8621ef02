package io.thalweg.planner.subquery;

import com.google.common.collect.ImmutableList;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Orders, limits and windows over the rows that belong to one outer row. They work on the rows of all outer rows at once,
 * partitioned by the values that tie rows to an outer row: the rows of one partition are those of an outer row, or of none.
 */
final class PerRowUnnesting {
    private final OuterRow outer;
    private final Grounding grounding;
    private final RexBuilder expressions;

    PerRowUnnesting(OuterRow outer) {
        this.outer = outer;
        this.grounding = new Grounding(outer);
        this.expressions = outer.rel().getCluster().getRexBuilder();
    }

    /**
     * The rows by outer rows.
     *
     * @param query has its outputs as the first columns of its relation, and ties only
     * @param values what stands for the columns of the outer row
     * @param partition the columns of the relation that tell the outer rows apart
     */
    private record Partitioned(Unnested query, IntFunction<RexNode> values, List<RexNode> partition) {}

    /** @param reading expressions over the outputs of the query that have to be computed in its relation */
    private Partitioned partitioned(Unnested query, List<RexNode> reading) {
        List<RexNode> read = new ArrayList<>(query.outputs());
        read.addAll(reading);
        ImmutableBitSet fields = outer.fieldsOf(read);
        if (outer.isTied() && fields.isEmpty()) {
            Unnested columns = query.materialized();
            Optional<List<Tie>> ties = Tie.all(columns.conditions(), outer);
            if (ties.isPresent()) {
                return new Partitioned(columns, PerRowUnnesting::notRead, partition(ties.get()));
            }
        }
        Grounding.Grounded grounded = grounding.ground(query, fields);
        // The values come first behind the outputs, so that they are still there under known numbers.
        List<RexNode> outputs = new ArrayList<>(grounded.query().outputs());
        List<Integer> order = List.copyOf(grounded.values().keySet());
        order.forEach(field -> outputs.add(value(grounded.values(), field)));
        Unnested columns = grounded.query().withOutputs(outputs).materialized();
        int width = query.outputs().size();
        IntFunction<RexNode> values = field -> columns.outputs().get(width + order.indexOf(field));
        List<Tie> ties = Tie.all(columns.conditions(), outer).orElseThrow();
        return new Partitioned(columns.withOutputs(columns.outputs().subList(0, width)), values, partition(ties));
    }

    private static RexNode notRead(int field) {
        throw new IllegalStateException("column " + field + " of the outer row is not wanted");
    }

    private static RexNode value(Map<Integer, RexNode> values, int field) {
        RexNode value = values.get(field);
        if (value == null) {
            throw new IllegalStateException("no value for column " + field + " of the outer row");
        }
        return value;
    }

    private static List<RexNode> partition(List<Tie> ties) {
        Set<RexNode> columns = new LinkedHashSet<>();
        ties.forEach(tie -> columns.add(tie.innerSide()));
        return List.copyOf(columns);
    }

    /** @param query what is ordered and limited, with all its rows in the relation */
    Unnested of(Sort sort, Unnested query) {
        BigDecimal offset = count(sort.offset, "OFFSET").orElse(BigDecimal.ZERO);
        Optional<BigDecimal> limit = count(sort.fetch, "LIMIT");
        Partitioned rows = partitioned(query, List.of());
        RelNode rel = rows.query().rel();
        int width = rel.getRowType().getFieldCount();
        List<RexFieldCollation> order = new ArrayList<>();
        for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
            order.add(new RexFieldCollation(RexInputRef.of(key.getFieldIndex(), rel.getRowType()), flags(key)));
        }
        List<RexNode> columns = new ArrayList<>(Unnested.columns(rel, 0, width));
        columns.add(rowNumber(rows.partition(), order));
        RelNode numbered = Unnested.project(rel, columns);
        RexNode number = RexInputRef.of(width, numbered.getRowType());
        List<RexNode> kept = new ArrayList<>();
        if (offset.signum() > 0) {
            kept.add(expressions.makeCall(SqlStdOperatorTable.GREATER_THAN, number, literal(offset)));
        }
        limit.map(offset::add)
                .ifPresent(last ->
                        kept.add(expressions.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, number, literal(last))));
        RelNode limited = Unnested.project(grounding.filtered(numbered, kept), Unnested.columns(numbered, 0, width));
        return new Unnested(limited, rows.query().outputs(), rows.query().conditions(), false);
    }

    private static Set<SqlKind> flags(RelFieldCollation key) {
        Set<SqlKind> flags = new LinkedHashSet<>();
        if (key.getDirection().isDescending()) {
            flags.add(SqlKind.DESCENDING);
        }
        flags.add(
                key.nullDirection == RelFieldCollation.NullDirection.FIRST ? SqlKind.NULLS_FIRST : SqlKind.NULLS_LAST);
        return flags;
    }

    private RexNode rowNumber(List<RexNode> partition, List<RexFieldCollation> order) {
        return expressions.makeOver(
                expressions.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                SqlStdOperatorTable.ROW_NUMBER,
                List.of(),
                partition,
                ImmutableList.copyOf(order),
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW,
                true,
                true,
                false,
                false,
                false);
    }

    private RexNode literal(BigDecimal number) {
        return expressions.makeExactLiteral(number, expressions.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
    }

    private static Optional<BigDecimal> count(@Nullable RexNode count, String clause) {
        if (count == null) {
            return Optional.empty();
        }
        BigDecimal value = count instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        if (value == null) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    clause + " that is not a number is not supported in a sub-query that reads columns of the query"
                            + " around it");
        }
        // More rows than any number counts are all rows.
        return Optional.of(value.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)));
    }

    /** @param query what the window functions look at, with all its rows in the relation */
    Unnested of(Project project, Unnested query) {
        List<RexNode> windows = new ArrayList<>();
        for (RexNode column : project.getProjects()) {
            if (RexOver.containsOver(column)) {
                windows.add(Unnesting.substituted(column, query.outputs()));
            }
        }
        Partitioned rows = partitioned(query, windows);
        List<RexNode> columns = new ArrayList<>();
        for (RexNode column : project.getProjects()) {
            RexNode inside = Unnesting.substituted(column, rows.query().outputs());
            columns.add(withPartition(outer.replaced(inside, rows.values()), rows.partition()));
        }
        int width = columns.size();
        RelNode rel = rows.query().rel();
        columns.addAll(Unnested.columns(rel, 0, rel.getRowType().getFieldCount()));
        List<RexNode> moved = Unnested.columns(rel, 0, rel.getRowType().getFieldCount());
        RelNode computed = Unnested.project(rel, columns);
        List<RexNode> places = new ArrayList<>();
        moved.forEach(c -> places.add(RexInputRef.of(width + ((RexInputRef) c).getIndex(), computed.getRowType())));
        List<RexNode> ties = rows.query().conditions().stream()
                .map(tie -> Unnesting.substituted(tie, places))
                .toList();
        return new Unnested(computed, Unnested.columns(computed, 0, width), ties, false);
    }

    private RexNode withPartition(RexNode column, List<RexNode> partition) {
        return column.accept(new RexShuttle() {
            @Override
            public RexWindow visitWindow(RexWindow window) {
                RexWindow inside = super.visitWindow(window);
                Set<RexNode> keys = new LinkedHashSet<>(partition);
                keys.addAll(inside.partitionKeys);
                return expressions.makeWindow(
                        List.copyOf(keys),
                        inside.orderKeys,
                        inside.getLowerBound(),
                        inside.getUpperBound(),
                        inside.isRows(),
                        inside.getExclude());
            }
        });
    }
}
