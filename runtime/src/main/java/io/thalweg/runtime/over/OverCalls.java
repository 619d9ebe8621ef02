package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** All window functions of a node. Aggregates over the same frame are computed together. */
public final class OverCalls {
    private final OverNode node;
    private final PartitionRows rows;
    private final List<OverEvaluator> evaluators = new ArrayList<>();
    private final int head;

    public OverCalls(OverNode node, PartitionRows rows, OverResults known, MemoryAccount account) {
        this.node = node;
        this.rows = rows;
        Map<OverFrame, List<Integer>> aggregates = new LinkedHashMap<>();
        for (int i = 0; i < node.calls().size(); i++) {
            OverCall call = node.calls().get(i);
            if (call instanceof OverCall.Place place) {
                evaluators.add(new PlaceEvaluator(place, i, rows, known));
            } else if (call instanceof OverCall.Shift shift) {
                evaluators.add(new ShiftEvaluator(shift, i, rows));
            } else if (call instanceof OverCall.Value value) {
                evaluators.add(new ValueEvaluator(value, i, rows, frame(value.frame())));
            } else if (call instanceof OverCall.Aggregated aggregated) {
                aggregates
                        .computeIfAbsent(aggregated.frame(), f -> new ArrayList<>())
                        .add(i);
            }
        }
        aggregates.forEach((frame, places) -> evaluators.add(aggregates(frame, places, account)));
        this.head = evaluators.stream().mapToInt(OverEvaluator::head).max().orElse(0);
    }

    private Frame frame(OverFrame frame) {
        return new Frame(frame, node.keys(), node.input().type(), rows);
    }

    private OverEvaluator aggregates(OverFrame frame, List<Integer> places, MemoryAccount account) {
        SortedSet<Integer> used = new TreeSet<>();
        for (int place : places) {
            AggregateCall call = call(place);
            used.addAll(call.arguments());
            call.filter().ifPresent(used::add);
            call.order().forEach(key -> used.add(key.column()));
        }
        List<Integer> columns = List.copyOf(used);
        List<AggregateCall> calls = places.stream()
                .map(place -> {
                    AggregateCall call = call(place);
                    return new AggregateCall(
                            call.function(),
                            call.arguments().stream().map(columns::indexOf).toList(),
                            moved(call.filter(), columns),
                            call.distinct(),
                            call.order().stream()
                                    .map(key -> new SortKey(
                                            columns.indexOf(key.column()), key.descending(), key.nullsFirst()))
                                    .toList(),
                            call.constants(),
                            call.type());
                })
                .toList();
        return new AggregateEvaluator(
                calls,
                columns.stream().mapToInt(Integer::intValue).toArray(),
                places.stream().mapToInt(Integer::intValue).toArray(),
                frame,
                frame(frame),
                rows,
                new AggregateEvaluator.AggregateSetup(node.input().type(), account));
    }

    private AggregateCall call(int place) {
        return ((OverCall.Aggregated) node.calls().get(place)).call();
    }

    private static OptionalInt moved(OptionalInt column, List<Integer> columns) {
        return column.isPresent() ? OptionalInt.of(columns.indexOf(column.getAsInt())) : column;
    }

    /** The rows shown, of a partition, are about to change from a place on. */
    public void beforeChange(int partition, int firstChanged) {
        evaluators.forEach(evaluator -> evaluator.beforeChange(partition, firstChanged));
    }

    /** A stretch of the partition shown begins. */
    public void begin(int partition, int firstPlace) {
        evaluators.forEach(evaluator -> evaluator.begin(partition, firstPlace));
    }

    /** Appends the results for the row at a place, one to each column. */
    public void append(int place, ColumnBuilder[] results) {
        for (OverEvaluator evaluator : evaluators) {
            evaluator.append(place, results);
        }
    }

    /**
     * The first place whose results may still change.
     *
     * @param settled the first place where a row may come or go
     * @param prefix the lowest one that such a row may have; all rows before have a lower one
     */
    public int firstOpen(int settled, long prefix) {
        int open = settled;
        for (OverEvaluator evaluator : evaluators) {
            open = Math.min(open, evaluator.firstOpen(settled, prefix));
        }
        return open;
    }

    /** How many of the first rows of each partition are looked at for ever. */
    public int head() {
        return head;
    }

    /** The first place behind the head that is needed to compute the results from a place on; rows before may go. */
    public int firstNeeded(int partition, int open, int settled, long prefix) {
        Horizon horizon = new Horizon(head, open, settled, prefix);
        int needed = open;
        for (OverEvaluator evaluator : evaluators) {
            needed = Math.min(needed, evaluator.firstNeeded(partition, horizon));
        }
        return needed;
    }

    /** The prefix that rows must have passed before a row with this one can go by its distance from them. */
    public long reach(long prefix) {
        long reach = prefix;
        for (OverEvaluator evaluator : evaluators) {
            reach = Math.max(reach, evaluator.reach(prefix));
        }
        return reach;
    }

    /** Whether results depend on rows that are gone, so that a partition is not forgotten with its last row. */
    public boolean remember() {
        return evaluators.stream().anyMatch(OverEvaluator::remembers);
    }

    /** So many rows of a partition go that nobody needs. */
    public void drop(int partition, int count) {
        evaluators.forEach(evaluator -> evaluator.drop(partition, count));
    }

    /** A partition is gone. */
    public void release(int partition) {
        evaluators.forEach(evaluator -> evaluator.release(partition));
    }

    /** The first place whose results may depend on a row with this prefix at a place or before it. */
    public int firstAffected(long prefix, boolean isNull, int place) {
        int first = place;
        for (OverEvaluator evaluator : evaluators) {
            first = Math.min(first, evaluator.firstAffected(prefix, isNull, place));
        }
        return first;
    }

    /** The place behind the last one whose results may depend on a row with this prefix before a place. */
    public int lastAffected(long prefix, boolean isNull, int placeBehind) {
        int last = placeBehind;
        for (OverEvaluator evaluator : evaluators) {
            last = Math.max(last, evaluator.lastAffected(prefix, isNull, placeBehind));
        }
        return last;
    }
}
