package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All calls of one aggregation over one record for each group. Calls that need the same thing share an accumulator: SUM(x)
 * and AVG(x), MIN(x) and MAX(x) with retractions. The first long of a record is the number of the group's rows.
 */
public final class AggregateCalls {
    /** The group of rows that do not count; its record is written and never read. */
    public static final int NO_GROUP = 0;

    /** No column. */
    static final int NONE = -1;

    private static final int ROW_COUNT = 0;

    private final List<AggregateCall> calls;
    private final RowType input;
    private final boolean appendOnly;
    private final MemoryAccount account;
    private final RecordLayout layout = new RecordLayout();
    private final CountAccumulator rowCount;
    private final Map<Need, Accumulator> accumulators = new HashMap<>();
    private final List<Need> needs = new ArrayList<>();
    private final List<DistinctAccumulator> distinct = new ArrayList<>();
    private final Accumulator[] byCall;
    private final RecordPages records;
    private int[] masked = {};

    /**
     * What is folded: a family of functions over some columns, for the rows that a filter lets through. A distinct one is fed
     * by a {@link DistinctAccumulator}.
     */
    private record Need(Family family, List<Integer> arguments, int filter, boolean distinct, List<SortKey> order) {
        /** The columns whose NULLs leave a row out. */
        private List<Integer> required() {
            return switch (family) {
                case LOWEST_KEY, HIGHEST_KEY, ORDERED_KEYS -> arguments.subList(1, 2);
                default -> arguments;
            };
        }
    }

    private enum Family {
        COUNT,
        SUM,
        MINIMUM,
        MAXIMUM,
        ORDER,
        RANKS,
        BITS,
        MOMENTS,
        LOWEST_KEY,
        HIGHEST_KEY,
        ORDERED_KEYS,
        LIST
    }

    /**
     * @param input the rows to fold
     * @param appendOnly whether no row is ever taken out again
     */
    public AggregateCalls(List<AggregateCall> calls, RowType input, boolean appendOnly, MemoryAccount account) {
        this.calls = List.copyOf(calls);
        this.input = input;
        this.appendOnly = appendOnly;
        this.account = account;
        this.rowCount = new CountAccumulator(layout.reserve(1));
        this.byCall = new Accumulator[calls.size()];
        for (int i = 0; i < byCall.length; i++) {
            byCall[i] = accumulator(need(calls.get(i)));
        }
        shareDistinct();
        this.records = new RecordPages(layout.length(), account);
        records.ensure(NO_GROUP);
    }

    private Need need(AggregateCall call) {
        Family family = family(call.function());
        List<Integer> arguments = call.arguments();
        boolean neverNull =
                arguments.stream().noneMatch(column -> input.type(column).nullable());
        if (family == Family.COUNT && neverNull && !call.distinct()) {
            arguments = List.of();
        }
        boolean distinct = call.distinct() && !arguments.isEmpty() && family != Family.LIST;
        List<SortKey> order = family == Family.LIST ? call.order() : List.of();
        return new Need(family, arguments, call.filter().orElse(NONE), distinct, order);
    }

    private Family family(AggregateFunction function) {
        return switch (function) {
            case COUNT_ROWS, COUNT -> Family.COUNT;
            case SUM, AVERAGE -> Family.SUM;
            case MINIMUM -> appendOnly ? Family.MINIMUM : Family.ORDER;
            case MAXIMUM -> appendOnly ? Family.MAXIMUM : Family.ORDER;
            case ARRAY_AGGREGATE, MAP_AGGREGATE -> Family.ORDER;
            case BIT_AND, BIT_OR, BIT_XOR -> Family.BITS;
            case VALUE_AT_MINIMUM -> appendOnly ? Family.LOWEST_KEY : Family.ORDERED_KEYS;
            case VALUE_AT_MAXIMUM -> appendOnly ? Family.HIGHEST_KEY : Family.ORDERED_KEYS;
            case MODE, PERCENTILE_DISCRETE, PERCENTILE_CONTINUOUS -> Family.RANKS;
            case LIST_OF_TEXT -> Family.LIST;
            default -> Family.MOMENTS;
        };
    }

    private Accumulator accumulator(Need need) {
        if (need.equals(new Need(Family.COUNT, List.of(), NONE, false, List.of()))) {
            return rowCount;
        }
        Accumulator known = accumulators.get(need);
        if (known != null) {
            return known;
        }
        Accumulator created = create(need);
        accumulators.put(need, created);
        needs.add(need);
        return created;
    }

    /** Puts one table of values before all calls that count the values of one column once. */
    private void shareDistinct() {
        Map<Integer, Map<Integer, List<Accumulator>>> byArgument = new TreeMap<>();
        for (Need need : needs) {
            Accumulator target = accumulators.get(need);
            if (need.distinct && target != null) {
                byArgument
                        .computeIfAbsent(need.arguments.get(0), argument -> new TreeMap<>())
                        .computeIfAbsent(need.filter, filter -> new ArrayList<>())
                        .add(target);
            }
        }
        needs.removeIf(Need::distinct);
        byArgument.forEach((argument, byFilter) -> {
            List<DistinctAccumulator.Variant> variants = new ArrayList<>();
            byFilter.forEach((filter, targets) -> variants.add(new DistinctAccumulator.Variant(filter, targets)));
            distinct.add(new DistinctAccumulator(layout, input, argument, variants, appendOnly, account));
        });
    }

    private Accumulator create(Need need) {
        if (need.arguments.isEmpty()) {
            return new CountAccumulator(layout);
        }
        int first = need.arguments.get(0);
        SqlType argument = input.type(first);
        return switch (need.family) {
            case COUNT -> new CountAccumulator(layout);
            case SUM -> sum(argument);
            case MINIMUM -> new ExtremeAccumulator(layout, argument, AggregateFunction.MINIMUM, account);
            case MAXIMUM -> new ExtremeAccumulator(layout, argument, AggregateFunction.MAXIMUM, account);
            case ORDER -> new OrderedAccumulator(layout, argument, false, account);
            case RANKS -> new OrderedAccumulator(layout, argument, true, account);
            case BITS -> new BitAccumulator(layout, appendOnly && !need.distinct);
            case MOMENTS -> new MomentAccumulator(layout, need.arguments.size() > 1, account);
            case LOWEST_KEY -> ValueAtAccumulator.growing(layout, input, need.arguments, false, account);
            case HIGHEST_KEY -> ValueAtAccumulator.growing(layout, input, need.arguments, true, account);
            case ORDERED_KEYS -> ValueAtAccumulator.changing(layout, input, need.arguments, account);
            case LIST -> new TextListAccumulator(layout, input, first, need.order, account);
        };
    }

    private Accumulator sum(SqlType argument) {
        PhysicalKind kind = argument.kind();
        if (kind == PhysicalKind.DOUBLE) {
            return new DoubleSumAccumulator(layout, account);
        }
        return kind == PhysicalKind.DECIMAL128
                ? new WideSumAccumulator(layout, argument)
                : new IntegerSumAccumulator(layout, argument);
    }

    /** Makes an empty record for a new group. */
    public void open(int group) {
        records.ensure(group);
        records.clear(group);
    }

    /** Folds each row of a batch into its group, whose record is open. */
    public void fold(DeltaBatch batch, int[] groups) {
        int rows = batch.rowCount();
        int @Nullable [] weights = batch.weights();
        rowCount.add(records, groups, weights, rows);
        for (Need need : needs) {
            Accumulator accumulator = accumulators.get(need);
            if (accumulator instanceof CountAccumulator count) {
                count.add(records, mask(batch, need, groups), weights, rows);
            } else if (accumulator != null) {
                accumulator.add(records, batch, need.arguments, mask(batch, need, groups), rows);
            }
        }
        for (DistinctAccumulator values : distinct) {
            values.add(records, batch, groups);
        }
    }

    /** The groups, with {@link #NO_GROUP} for rows that do not count for a need. */
    private int[] mask(DeltaBatch batch, Need need, int[] groups) {
        boolean anyNull = false;
        for (int column : need.required()) {
            anyNull |= batch.column(column).nulls() != null;
        }
        if (!anyNull && need.filter == NONE) {
            return groups;
        }
        int rows = batch.rowCount();
        if (masked.length < rows) {
            masked = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        System.arraycopy(groups, 0, masked, 0, rows);
        for (int column : need.required()) {
            maskNulls(batch.column(column), rows);
        }
        if (need.filter != NONE) {
            IntColumn filter = batch.intColumn(need.filter);
            maskNulls(filter, rows);
            int[] truths = filter.values();
            for (int i = 0; i < rows; i++) {
                masked[i] = truths[i] != 0 ? masked[i] : NO_GROUP;
            }
        }
        return masked;
    }

    private void maskNulls(Column column, int rows) {
        long @Nullable [] nulls = column.nulls();
        if (nulls != null) {
            for (int i = 0; i < rows; i++) {
                masked[i] = (nulls[i >>> 6] >>> i & 1) == 0 ? masked[i] : NO_GROUP;
            }
        }
    }

    /** How many rows a group has. */
    public long rowCount(int group) {
        return records.get(group, ROW_COUNT);
    }

    /** Appends the results of a group, one to each column. */
    public void append(int group, ColumnBuilder[] out) {
        for (int i = 0; i < byCall.length; i++) {
            byCall[i].append(records, group, calls.get(i), out[i]);
        }
    }

    /** Frees what a group holds. */
    public void release(int group) {
        for (Accumulator accumulator : accumulators.values()) {
            accumulator.release(records, group);
        }
        for (DistinctAccumulator values : distinct) {
            values.release(records, group);
        }
        records.clear(group);
    }
}
