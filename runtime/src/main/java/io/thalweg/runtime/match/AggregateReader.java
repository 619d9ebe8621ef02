package io.thalweg.runtime.match;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.operator.AggregateOperator;
import io.thalweg.runtime.operator.OperatorContext;
import io.thalweg.runtime.operator.StepTime;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows of a match, by the operator that folds groups, so that a SUM here is a SUM there. As long as the rows asked for only
 * become more, as they do from one row of a match to the next, only those that are new are folded. One owner thread.
 */
final class AggregateReader {
    /** The columns that are folded. */
    private final List<Integer> columns;

    private final AggregateOperator operator;
    private int[] folded = new int[64];
    private int count;
    private @Nullable MatchRows foldedOf;
    private @Nullable Column result;
    private int resultRow;

    AggregateReader(Navigation.Aggregate aggregate, RowType input) {
        AggregateCall call = aggregate.call();
        SortedSet<Integer> read = new TreeSet<>(call.arguments());
        call.order().forEach(key -> read.add(key.column()));
        call.filter().ifPresent(read::add);
        this.columns = List.copyOf(read);
        AggregateCall local = new AggregateCall(
                call.function(),
                call.arguments().stream().map(columns::indexOf).toList(),
                call.filter().isPresent()
                        ? OptionalInt.of(columns.indexOf(call.filter().getAsInt()))
                        : OptionalInt.empty(),
                call.distinct(),
                call.order().stream()
                        .map(key -> new SortKey(columns.indexOf(key.column()), key.descending(), key.nullsFirst()))
                        .toList(),
                call.constants(),
                call.type());
        AggregateNode node = new AggregateNode(
                new ValuesNode(
                        List.of(),
                        new RowType(columns.stream().map(input::field).toList())),
                List.of(),
                List.of(local),
                Optional.empty(),
                new RowType(List.of(new Field("value", call.type()))));
        this.operator = new AggregateOperator(
                node,
                false,
                new OperatorContext(MemoryAccount.unlimited("aggregate of a match"), () -> {}, new StepTime()));
    }

    /** Appends the aggregate of the rows up to a place that are mapped to some variables. */
    void read(MatchRows rows, MappedRows mapped, VariableSet of, int end, ColumnBuilder target) {
        int kept = keptPrefix(rows, mapped, of, end);
        if (kept < count) {
            fold(rows, 0, count, -1);
            count = 0;
        }
        int before = count;
        int next = before == 0 ? mapped.start() : folded[before - 1] + 1;
        for (int place = next; place < end; place++) {
            if (of.has(mapped.variable(place))) {
                if (count == folded.length) {
                    folded = Arrays.copyOf(folded, count * 2);
                }
                folded[count++] = place;
            }
        }
        fold(rows, before, count, 1);
        foldedOf = rows;
        operator.onStepEnd(this::remember);
        if (result == null) {
            throw new IllegalStateException("an aggregate without a value");
        }
        target.appendFrom(result, resultRow);
    }

    /** How many of the folded rows are wanted still; if not all are, none is kept. */
    private int keptPrefix(MatchRows rows, MappedRows mapped, VariableSet of, int end) {
        if (count == 0 || !rows.equals(foldedOf)) {
            return 0;
        }
        int i = 0;
        for (int place = mapped.start(); place < end && i < count; place++) {
            if (of.has(mapped.variable(place))) {
                if (folded[i] != place) {
                    return 0;
                }
                i++;
            }
        }
        return i;
    }

    private void fold(MatchRows rows, int from, int to, int weight) {
        MatchRows source = weight < 0 && foldedOf != null ? foldedOf : rows;
        for (int start = from; start < to; start += DeltaBatch.TARGET_ROWS) {
            int size = Math.min(DeltaBatch.TARGET_ROWS, to - start);
            int[] indexes = new int[size];
            for (int i = 0; i < size; i++) {
                indexes[i] = folded[start + i] - source.first();
            }
            Column[] values = new Column[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = source.columns()[columns.get(i)].select(indexes, size);
            }
            int[] weights = new int[size];
            Arrays.fill(weights, weight);
            operator.onDelta(0, new DeltaBatch(size, values, weights), batch -> {});
        }
    }

    private void remember(DeltaBatch changes) {
        for (int row = 0; row < changes.rowCount(); row++) {
            if (changes.weight(row) > 0) {
                result = changes.column(0);
                resultRow = row;
            }
        }
    }
}
