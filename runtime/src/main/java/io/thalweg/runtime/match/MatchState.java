package io.thalweg.runtime.match;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.operator.OperatorContext;
import io.thalweg.runtime.operator.OrderedPartitions;
import io.thalweg.runtime.operator.Output;
import io.thalweg.runtime.operator.PartitionKeys;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.RowMultiset;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of each partition in their order, and the matches found in them. */
final class MatchState implements PartitionKeys.Owner {
    /** What is known of a partition: whether it has, or had, equal rows. */
    private static final int REPEATS = 0;

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
        this.partitions = new RecordPages(1, account);
        this.matcher = new PatternMatcher(node, cancellationCheck);
        this.writer = new MatchWriter(node);
        this.outputs = new OrderedRows(outputType, List.of(), 0, account);
        this.behind = behind(node);
        this.ahead = reach(node.output().navigations().stream(), 1);
        this.keys = new PartitionKeys(input, node.partition(), Optional.empty(), this, account);
        keys.openOnly();
    }

    private static int behind(MatchNode node) {
        Stream<Navigation> conditions = node.pattern().variables().stream()
                .map(PatternVariable::condition)
                .flatMap(Optional::stream)
                .flatMap(c -> c.navigations().stream());
        return reach(Stream.concat(conditions, node.output().navigations().stream()), -1);
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
        histories[partition] = new MatchHistory(account);
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
            rematch(ordered.touched(i), changes);
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
        if (size > 0) {
            match(history, point, places, end, changes);
        } else {
            history.close();
            histories[partition] = new MatchHistory(account);
            lists.close(partition);
            keys.forget(partition);
        }
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
        changes.add(new DeltaBatch(to - from, outputs.decode(taken), weights));
        for (int i = from; i < to; i++) {
            outputs.remove(history.output(i));
        }
    }

    private void match(MatchHistory history, int point, int[] places, int end, RowMultiset changes) {
        int place = point < 0 ? 0 : history.start(point);
        int examined = point < 0 ? 0 : history.examined(point);
        int matches = point < 0 ? 0 : history.matches(point);
        MatchRows window = window(places, Math.max(0, place - behind), end);
        matcher.begin(window);
        while (place < end) {
            boolean found = matcher.matches(window, place, matches + 1L);
            examined = Math.max(examined, matcher.examined());
            if (found) {
                matches++;
                writer.add(window, matcher.mapped(), matches);
                examined = Math.max(examined, matcher.mapped().end() + ahead);
                place = next(matcher.mapped());
                if (writer.isFull()) {
                    putOut(history, changes);
                }
            } else {
                place++;
            }
            history.note(place, examined, matches, history.outputCount() + writer.waiting());
        }
        putOut(history, changes);
    }

    private MatchRows window(int[] places, int first, int end) {
        RowReferences wanted = new RowReferences();
        for (int place = first; place < end; place++) {
            rows.refer(places[place], wanted);
        }
        return new MatchRows(first, end, rows.decode(wanted));
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
        changes.add(batch);
    }

    /** How many rows are kept. */
    long size() {
        return ordered.size();
    }
}
