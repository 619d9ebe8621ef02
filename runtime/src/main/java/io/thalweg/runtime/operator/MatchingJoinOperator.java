package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.CalcFunction;
import io.thalweg.runtime.expression.ExpressionCompiler;
import io.thalweg.runtime.state.RowIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The joins whose result depends on whether a row has a partner: outer, semi, anti and mark joins. Pairs are made as in
 * {@link JoinOperator} and go out at once. Beside that every row of a side that matters has a count of its partners, by
 * weight; at the end of the step those rows go out, or are taken back, that the step has brought across zero.
 */
public final class MatchingJoinOperator implements Operator {
    private static final String PAIR = "$pair";

    private final JoinKind kind;
    private final int[][] keys;
    private final RowType[] types;
    private final Optional<CalcFunction> residual;
    private final Runnable cancellationCheck;
    private final JoinState state;
    private final List<Optional<MatchedRows>> counted;
    private long[] ownMatches = {};
    private int[] chosen = {};

    /**
     * @param leftAppendOnly whether no row of the left input is ever deleted
     * @param rightAppendOnly the same of the right input
     */
    public MatchingJoinOperator(
            JoinNode node, boolean leftAppendOnly, boolean rightAppendOnly, OperatorContext context) {
        this.kind = node.kind();
        this.keys = new int[][] {columns(node.leftKeys()), columns(node.rightKeys())};
        this.types = new RowType[] {node.left().type(), node.right().type()};
        this.residual = node.residual().map(condition -> compile(condition, node.pairType()));
        this.cancellationCheck = context.cancellationCheck();
        this.state = new JoinState(node, leftAppendOnly, rightAppendOnly, context.account());
        boolean leftCounts = kind.keepsUnmatchedLeft() || !kind.emitsPairs();
        this.counted = List.of(
                counted(leftCounts, state.rows(JoinOperator.LEFT), context),
                counted(kind.keepsUnmatchedRight(), state.rows(JoinOperator.RIGHT), context));
    }

    private Optional<MatchedRows> counted(boolean counts, RowIndex rows, OperatorContext context) {
        return counts ? Optional.of(new MatchedRows(rows, kind, context.account())) : Optional.empty();
    }

    private static int[] columns(List<Integer> columns) {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The condition over pairs that carry their number, which tells which of them are left. */
    private static CalcFunction compile(ScalarExpression condition, RowType pairs) {
        List<Field> fields = new ArrayList<>(pairs.fields());
        fields.add(new Field(PAIR, SqlType.INTEGER.notNull()));
        RowType numbered = new RowType(fields);
        List<ScalarExpression> columns = IntStream.range(0, numbered.size())
                .<ScalarExpression>mapToObj(i -> new ColumnReference(i, numbered.type(i)))
                .toList();
        return ExpressionCompiler.compile(numbered, Optional.of(condition), columns, numbered);
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        DeltaBatch keyed = withoutNullKeys(port, batch, output);
        join(port, state.withFuture(port, keyed, true), true, output);
        join(port, state.withFuture(port, keyed, false), false, output);
    }

    /** @param isKept whether the rows are to be kept for partners to come; otherwise their partners have all been seen */
    private void join(int port, DeltaBatch batch, boolean isKept, Output output) {
        if (batch.isEmpty()) {
            return;
        }
        Optional<MatchedRows> own = counted.get(port);
        if (isKept && own.isPresent()) {
            state.watch(port, own.get().add(batch));
        }
        if (ownMatches.length < batch.rowCount()) {
            ownMatches = new long[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        Arrays.fill(ownMatches, 0, batch.rowCount(), 0);
        state.beginProbe(port, batch, batch.project(keys[port]));
        while (state.collectMatches()) {
            cancellationCheck.run();
            match(port, batch, output);
        }
        if (isKept && own.isEmpty()) {
            state.keep(port, batch);
        } else if (isKept) {
            own.orElseThrow().countAdded(ownMatches, batch.rowCount());
        } else if (own.isPresent()) {
            emitDecided(port, batch, own.get(), output);
        }
    }

    /** The rows that may find a partner; the others go out at once if they are wanted. */
    private DeltaBatch withoutNullKeys(int port, DeltaBatch batch, Output output) {
        int rows = batch.rowCount();
        if (chosen.length < rows) {
            chosen = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        int without = 0;
        int with = rows;
        for (int row = 0; row < rows; row++) {
            if (hasNullKey(batch, row, keys[port])) {
                chosen[--with] = row;
            } else {
                chosen[without++] = row;
            }
        }
        if (without == rows) {
            return batch;
        }
        DeltaBatch keyed = batch.select(chosen, without);
        if (counted.get(port).isPresent() && counted.get(port).get().wants(0)) {
            System.arraycopy(chosen, with, chosen, 0, rows - with);
            DeltaBatch partnerless = batch.select(chosen, rows - with);
            output.emit(alone(
                    port, kind == JoinKind.MARK ? MatchedRows.marked(partnerless, new int[rows - with]) : partnerless));
        }
        return keyed;
    }

    private static boolean hasNullKey(DeltaBatch batch, int row, int[] keys) {
        for (int key : keys) {
            if (batch.column(key).isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Counts the pairs collected last that match, and lets them out. */
    private void match(int port, DeltaBatch batch, Output output) {
        DeltaBatch pairs = residual.isPresent() || kind.emitsPairs() ? state.takeMatches() : null;
        int count = state.matchCount();
        IntColumn numbers = null;
        if (residual.isPresent() && pairs != null) {
            DeltaBatch matching = residual.get().apply(numbered(pairs));
            numbers = matching.intColumn(pairs.columnCount());
            count = matching.rowCount();
            pairs = matching.project(IntStream.range(0, pairs.columnCount()).toArray());
        }
        Optional<MatchedRows> others = counted.get(1 - port);
        for (int i = 0; i < count; i++) {
            int pair = numbers == null ? i : numbers.value(i);
            if (!state.isMatchedAgain(pair)) {
                int row = state.matchedRow(pair);
                ownMatches[row] += state.otherWeight(pair);
                if (others.isPresent()) {
                    others.get().addMatches(state.matchedId(pair), batch.weight(row));
                }
            }
        }
        if (kind.emitsPairs() && pairs != null) {
            output.emit(withoutZeroWeights(pairs));
        }
    }

    private static DeltaBatch numbered(DeltaBatch pairs) {
        int[] numbers = new int[pairs.rowCount()];
        Arrays.setAll(numbers, i -> i);
        Column[] columns = new Column[pairs.columnCount() + 1];
        for (int i = 0; i < pairs.columnCount(); i++) {
            columns[i] = pairs.column(i);
        }
        columns[pairs.columnCount()] = new IntColumn(numbers.length, numbers, null);
        return new DeltaBatch(numbers.length, columns, pairs.weights());
    }

    /** A row that the step has deleted stays until its end, with the weight 0. */
    private DeltaBatch withoutZeroWeights(DeltaBatch pairs) {
        int @Nullable [] weights = pairs.weights();
        if (weights == null) {
            return pairs;
        }
        int[] rows = new int[pairs.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            rows[count] = row;
            count += weights[row] == 0 ? 0 : 1;
        }
        return count == rows.length ? pairs : pairs.select(rows, count);
    }

    /** Rows whose partners have all been seen. */
    private void emitDecided(int port, DeltaBatch batch, MatchedRows own, Output output) {
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            chosen[count] = row;
            own.checkPartners(ownMatches[row]);
            count += own.wants(ownMatches[row]) ? 1 : 0;
        }
        if (count > 0) {
            DeltaBatch decided = batch.select(chosen, count);
            output.emit(alone(port, kind == JoinKind.MARK ? MatchedRows.marked(decided, marks(count)) : decided));
        }
    }

    private int[] marks(int count) {
        int[] marks = new int[count];
        for (int i = 0; i < count; i++) {
            marks[i] = ownMatches[chosen[i]] == 0 ? 0 : 1;
        }
        return marks;
    }

    /** Rows of one side as rows of the result. */
    private DeltaBatch alone(int port, DeltaBatch rows) {
        if (!kind.emitsPairs()) {
            return rows;
        }
        Column[] columns = new Column[types[0].size() + types[1].size()];
        int own = port == JoinOperator.LEFT ? 0 : types[0].size();
        int other = port == JoinOperator.LEFT ? types[0].size() : 0;
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[own + i] = rows.column(i);
        }
        for (int i = 0; i < types[1 - port].size(); i++) {
            ColumnBuilder nulls = new ColumnBuilder(types[1 - port].type(i).kind());
            for (int row = 0; row < rows.rowCount(); row++) {
                nulls.appendNull();
            }
            columns[other + i] = nulls.build();
        }
        return new DeltaBatch(rows.rowCount(), columns, rows.weights());
    }

    @Override
    public void onInputEnd(int port) {
        state.end(port);
    }

    @Override
    public void onStepEnd(Output output) {
        for (int port = 0; port < counted.size(); port++) {
            if (counted.get(port).isPresent()) {
                MatchedRows rows = counted.get(port).get();
                for (DeltaBatch batch = rows.nextChanges(); !batch.isEmpty(); batch = rows.nextChanges()) {
                    cancellationCheck.run();
                    output.emit(alone(port, batch));
                }
            }
        }
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        state.advanceTo(watermark);
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
