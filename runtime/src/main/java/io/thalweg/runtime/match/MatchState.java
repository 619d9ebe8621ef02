package io.thalweg.runtime.match;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.operator.OperatorContext;
import io.thalweg.runtime.operator.OrderedPartitions;
import io.thalweg.runtime.operator.Output;
import io.thalweg.runtime.operator.PartitionKeys;
import io.thalweg.runtime.operator.PartitionSettling;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.RowMultiset;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The rows of each partition in their order, and the matches found in them. */
final class MatchState implements PartitionKeys.Owner {
    // What is known of a partition: whether it has, or had, equal rows, and whether rows of it are gone.
    private static final int REPEATS = 0;
    private static final int RELEASED = 1;
    /** How many places there are at most between points of a history that need not be exact. */
    private static final int PLACES_PER_POINT = 64;

    private final RowType outputType;
    private final MatchSkip skip;
    private final VariableSet skipTo;
    private final MemoryAccount account;
    private final Runnable cancellationCheck;
    private final PartitionKeys keys;
    private final OrderedPartitions ordered;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private final RecordPages partitions;
    private final PatternMatcher matcher;
    private final MatchWriter writer;
    private final OrderedRows outputs;
    /** How many rows before the first one that is matched may be looked at. */
    private final int behind;
    /** How many rows behind the last one of a match are looked at to show it. */
    private final int ahead;

    private final Optional<PartitionSettling> settling;
    private final boolean onlyFinal;
    /** Whether a partition is known by more than its rows. */
    private final boolean remembers;
    /** By how much later rows cannot matter to an attempt any more, if there is such a time. */
    private final OptionalLong within;

    private MatchHistory[] histories = new MatchHistory[16];

    MatchState(MatchNode node, OperatorContext context) {
        RowType input = node.input().type();
        this.outputType = node.type();
        this.skip = node.pattern().skip();
        this.skipTo = new VariableSet(skip.variables());
        this.account = context.account();
        this.cancellationCheck = context.cancellationCheck();
        this.ordered = new OrderedPartitions(input, node.order(), 1, this::merge, context);
        this.rows = ordered.rows();
        this.lists = ordered.lists();
        this.partitions = new RecordPages(2, account);
        this.matcher = new PatternMatcher(node, cancellationCheck);
        this.writer = new MatchWriter(node);
        this.outputs = new OrderedRows(outputType, List.of(), 0, account);
        this.behind = behind(node);
        this.ahead = reach(node.output().navigations().stream(), 1);
        this.onlyFinal = node.output().onlyFinal();
        this.settling = node.settledMicros().isPresent()
                ? Optional.of(new PartitionSettling(node.settledMicros().getAsLong(), onlyFinal, account))
                : Optional.empty();
        this.remembers = matcher.asksForStart() || asksForNumber(node);
        this.within = node.openMicros();
        this.keys = new PartitionKeys(input, node.partition(), Optional.empty(), this, account);
        keys.openOnly();
    }

    private static int behind(MatchNode node) {
        return reach(node.navigations(), -1);
    }

    private static boolean asksForNumber(MatchNode node) {
        return node.navigations().anyMatch(Navigation.MatchNumber.class::isInstance);
    }

    private static int reach(Stream<Navigation> navigations, int direction) {
        return navigations
                .mapToInt(n -> n instanceof Navigation.RowValue value
                        ? direction * value.row().distance()
                        : 0)
                .filter(distance -> distance > 0)
                .max()
                .orElse(0);
    }

    private boolean merge(int kept, int row) {
        ordered.addWeight(kept, row);
        return true;
    }

    @Override
    public void open(int partition) {
        partitions.ensure(partition);
        partitions.clear(partition);
        ordered.open(partition);
        if (partition >= histories.length) {
            histories = Arrays.copyOf(histories, Math.max(partition + 1, histories.length * 2));
        }
        histories[partition] = newHistory();
    }

    private MatchHistory newHistory() {
        return new MatchHistory(settling.isPresent() ? 1 : PLACES_PER_POINT, account);
    }

    @Override
    public void close(int partition) {
        throw new IllegalStateException("no partition of a match is ever closed");
    }

    void add(DeltaBatch batch) {
        ordered.add(batch, keys.resolve(batch));
    }

    void endStep(Output output) {
        if (ordered.touchedCount() == 0) {
            return;
        }
        RowMultiset changes = new RowMultiset(outputType, MemoryAccount.unlimited("changes of a match"));
        for (int i = 0; i < ordered.touchedCount(); i++) {
            cancellationCheck.run();
            int partition = ordered.touched(i);
            rematch(partition, changes);
            if (!forgetEmpty(partition)) {
                watch(partition);
            }
        }
        changes.batches().forEach(output::emit);
        ordered.endStep();
        outputs.compact();
    }

    private void rematch(int partition, RowMultiset changes) {
        int lowest = lists.settle(partition);
        ordered.dropDeleted(partition, lowest);
        noteRepeats(partition, lowest);
        int size = lists.size(partition);
        boolean repeats = partitions.get(partition, REPEATS) != 0;
        int[] places = repeats ? repeated(partition) : lists.rows(partition);
        int end = repeats ? places.length : size;
        int changed = repeats ? placeOf(partition, lowest) : lowest;
        MatchHistory history = histories[partition];
        int point = history.pointBefore(changed);
        for (int from = history.outputsBefore(point); from < history.outputCount(); from += DeltaBatch.TARGET_ROWS) {
            takeBack(history, from, Math.min(history.outputCount(), from + DeltaBatch.TARGET_ROWS), changes);
        }
        history.cutBehind(point);
        match(partition, point, places, end, changes);
    }

    private boolean forgetEmpty(int partition) {
        boolean isKnown = remembers && partitions.get(partition, RELEASED) != 0;
        if (lists.size(partition) > 0 || isKnown) {
            return false;
        }
        histories[partition].close();
        histories[partition] = newHistory();
        partitions.clear(partition);
        lists.close(partition);
        keys.forget(partition);
        settling.ifPresent(times -> times.forget(partition));
        return true;
    }

    /** Remembers whether there are equal rows from a place on. */
    private void noteRepeats(int partition, int from) {
        for (int place = from; place < lists.size(partition); place++) {
            if (ordered.weight(lists.row(partition, place)) != 1) {
                partitions.set(partition, REPEATS, 1);
            }
        }
    }

    /** The rows of a partition, each as often as it is there. */
    private int[] repeated(int partition) {
        int size = lists.size(partition);
        int[] repeated = new int[placeOf(partition, size)];
        int end = 0;
        for (int place = 0; place < size; place++) {
            int row = lists.row(partition, place);
            int times = (int) ordered.weight(row);
            Arrays.fill(repeated, end, end + times, row);
            end += times;
        }
        return repeated;
    }

    /** How many rows there are before a place in a list, each counted as often as it is there. */
    private int placeOf(int partition, int listPlace) {
        long count = 0;
        for (int place = 0; place < Math.min(listPlace, lists.size(partition)); place++) {
            count += ordered.weight(lists.row(partition, place));
        }
        if (count > Integer.MAX_VALUE / 2) {
            throw new ThalwegException(
                    ErrorCode.VALUE_TOO_LARGE, "a partition of a row pattern has more than 1073741823 rows");
        }
        return (int) count;
    }

    private void takeBack(MatchHistory history, int from, int to, RowMultiset changes) {
        RowReferences taken = new RowReferences();
        for (int i = from; i < to; i++) {
            outputs.refer(history.output(i), taken);
        }
        int[] weights = new int[to - from];
        Arrays.fill(weights, -1);
        if (!onlyFinal) {
            changes.add(new DeltaBatch(to - from, outputs.decode(taken), weights));
        }
        for (int i = from; i < to; i++) {
            outputs.remove(history.output(i));
        }
    }

    private void match(int partition, int point, int[] places, int end, RowMultiset changes) {
        MatchHistory history = histories[partition];
        int place = history.start(point);
        int examined = history.examined(point);
        long finalAt = history.finalAt(point);
        long matches = history.matches(point);
        MatchRows window = window(partition, places, Math.max(0, place - behind), end);
        matcher.begin(window);
        while (place < end) {
            boolean found = matcher.matches(window, place, matches + 1);
            int seen = found ? Math.max(matcher.examined(), matcher.mapped().end() + ahead) : matcher.examined();
            examined = Math.max(examined, seen);
            finalAt = Math.max(finalAt, finalAt(places, place, seen, end));
            if (found) {
                matches++;
                writer.add(window, matcher.mapped(), matches);
                place = next(matcher.mapped());
                if (writer.isFull()) {
                    putOut(history, changes);
                }
            } else {
                place++;
            }
            history.note(place, examined, finalAt, matches, history.outputCount() + writer.waiting());
        }
        putOut(history, changes);
    }

    /** The time that rows have to pass before an attempt is final that has looked at rows from one place up to another. */
    private long finalAt(int[] places, int start, int seen, int end) {
        long bySight = seen > end ? MatchHistory.NEVER : rows.prefix(places[Math.max(start, seen - 1)]);
        return within.isPresent()
                ? Math.min(bySight, later(rows.prefix(places[start]), within.getAsLong() - 1))
                : bySight;
    }

    private static long later(long time, long micros) {
        return time > MatchHistory.NEVER - micros ? MatchHistory.NEVER : time + micros;
    }

    private MatchRows window(int partition, int[] places, int first, int end) {
        RowReferences wanted = new RowReferences();
        for (int place = first; place < end; place++) {
            rows.refer(places[place], wanted);
        }
        return new MatchRows(first, end, partitions.get(partition, RELEASED) == 0, rows.decode(wanted));
    }

    /** Where to look for the next match. */
    private int next(MappedRows mapped) {
        int start = mapped.start();
        return switch (skip.kind()) {
            case PAST_LAST_ROW -> Math.max(mapped.end(), start + 1);
            case TO_NEXT_ROW -> start + 1;
            case TO_FIRST, TO_LAST -> {
                boolean first = skip.kind() == MatchSkip.Kind.TO_FIRST;
                int place = skipTo.place(mapped, mapped.end(), first, 0);
                if (place <= start) {
                    throw new ThalwegException(
                            ErrorCode.ARGUMENT_OUT_OF_RANGE,
                            place < 0
                                    ? "AFTER MATCH SKIP TO a variable to which no row of the match is mapped"
                                    : "AFTER MATCH SKIP TO the row at which the match began");
                }
                yield place;
            }
        };
    }

    private void putOut(MatchHistory history, RowMultiset changes) {
        if (writer.waiting() == 0) {
            return;
        }
        DeltaBatch batch = writer.take();
        outputs.load(batch);
        for (int i = 0; i < batch.rowCount(); i++) {
            history.addOutput(outputs.add(i, 0));
        }
        if (!onlyFinal) {
            changes.add(batch);
        }
    }

    /** Plans when to look whether something of a partition has become final. */
    private void watch(int partition) {
        int size = lists.size(partition);
        if (settling.isEmpty() || size == 0) {
            return;
        }
        PartitionSettling times = settling.get();
        long newest = rows.prefix(lists.row(partition, size - 1));
        if (onlyFinal) {
            times.forget(partition);
            times.watch(partition, Math.min(newest, histories[partition].nextFinal()));
            times.watch(partition, histories[partition].nextFinal());
        }
        times.watch(partition, newest);
        times.watch(partition, later(newest, within.orElse(0)));
    }

    /** Lets go of what the watermark has made final. */
    void settle(long watermark, Output output) {
        if (settling.isEmpty()) {
            return;
        }
        PartitionSettling times = settling.get();
        times.advanceTo(watermark);
        for (int partition = times.poll(); partition != PartitionSettling.NONE; partition = times.poll()) {
            cancellationCheck.run();
            int point = histories[partition].lastFinal(times.firstOpen());
            if (point >= 0) {
                release(partition, point, output);
            }
            if (!forgetEmpty(partition)) {
                watch(partition);
            }
        }
        rows.compact();
        outputs.compact();
    }

    private void release(int partition, int point, Output output) {
        MatchHistory history = histories[partition];
        int outputsTo = history.outputsBefore(point);
        if (onlyFinal) {
            putOutFinal(history, outputsTo, output);
        }
        for (int i = 0; i < outputsTo; i++) {
            outputs.remove(history.output(i));
        }
        int dropped = dropBefore(partition, history.start(point) - behind);
        if (dropped > 0) {
            partitions.set(partition, RELEASED, 1);
        }
        history.forgetBefore(point, dropped);
    }

    private void putOutFinal(MatchHistory history, int outputsTo, Output output) {
        for (int from = 0; from < outputsTo; from += DeltaBatch.TARGET_ROWS) {
            int to = Math.min(outputsTo, from + DeltaBatch.TARGET_ROWS);
            RowReferences wanted = new RowReferences();
            for (int i = from; i < to; i++) {
                outputs.refer(history.output(i), wanted);
            }
            output.emit(new DeltaBatch(to - from, outputs.decode(wanted), null));
        }
    }

    /** Drops the rows that are before a place in all; how many places that are. */
    private int dropBefore(int partition, int end) {
        int places = 0;
        int count = 0;
        while (count < lists.size(partition)) {
            int row = lists.row(partition, count);
            long weight = ordered.weight(row);
            if (places + weight > end) {
                break;
            }
            places += (int) weight;
            rows.remove(row);
            count++;
        }
        lists.dropFirst(partition, count);
        return places;
    }

    /** How many rows are kept. */
    long size() {
        return ordered.size();
    }
}
