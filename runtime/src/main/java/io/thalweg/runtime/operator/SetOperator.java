package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SetOperationNode.SetOperation;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.TouchedIds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * INTERSECT and EXCEPT, with and without ALL: for every row the number of times that it is in each input, from which the
 * number in the result follows. The net change of a step goes out at its end.
 */
public final class SetOperator implements Operator {
    private final SetOperation operation;
    private final Runnable cancellationCheck;
    private final State state;

    /** The rows with their counts. */
    private static final class State {
        /** How often the row is in the left input; in the right input it is the slot after this. */
        private static final int COUNTS = 0;

        private static final int STEP = 2;
        private static final int RESULT_BEFORE = 3;

        private final KeyTable rows;
        private final RecordPages records;
        private final TouchedIds touched;
        private int[] found = {};
        private long step = 1;

        private State(RowType type, MemoryAccount account) {
            this.rows = KeyTable.create(
                    type, IntStream.range(0, type.size()).boxed().toList(), KeyTable.NullKeys.EQUAL, account);
            this.records = new RecordPages(4, account);
            this.touched = new TouchedIds(account);
        }

        private void add(int port, DeltaBatch batch, SetOperation operation) {
            if (found.length < batch.rowCount()) {
                found = new int[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
            }
            rows.resolve(batch, found);
            for (int i = 0; i < rows.createdCount(); i++) {
                int id = found[rows.createdRow(i)];
                records.ensure(id);
                records.clear(id);
            }
            for (int row = 0; row < batch.rowCount(); row++) {
                int id = found[row];
                touch(id, operation);
                records.set(id, COUNTS + port, records.get(id, COUNTS + port) + batch.weight(row));
            }
        }

        private void touch(int id, SetOperation operation) {
            if (records.get(id, STEP) == step) {
                return;
            }
            records.set(id, STEP, step);
            records.set(id, RESULT_BEFORE, result(id, operation));
            touched.add(id);
        }

        private long result(int id, SetOperation operation) {
            return operation.count(records.get(id, COUNTS), records.get(id, COUNTS + 1));
        }

        private boolean isGone(int id) {
            return records.get(id, COUNTS) == 0 && records.get(id, COUNTS + 1) == 0;
        }
    }

    public SetOperator(SetOperationNode node, OperatorContext context) {
        this.operation = node.operation();
        this.cancellationCheck = context.cancellationCheck();
        this.state = new State(node.type(), context.account());
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(port, batch, operation);
    }

    @Override
    public void onStepEnd(Output output) {
        int[] ids = new int[Math.min(DeltaBatch.TARGET_ROWS, Math.max(1, state.touched.count()))];
        int[] weights = new int[ids.length];
        int count = 0;
        for (int i = 0; i < state.touched.count(); i++) {
            int id = state.touched.get(i);
            long change = state.result(id, operation) - state.records.get(id, State.RESULT_BEFORE);
            while (change != 0) {
                int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, change));
                ids[count] = id;
                weights[count++] = part;
                change -= part;
                if (count == ids.length) {
                    emit(ids, weights, count, output);
                    count = 0;
                }
            }
        }
        emit(ids, weights, count, output);
        endStep();
    }

    private void emit(int[] ids, int[] weights, int count, Output output) {
        if (count > 0) {
            cancellationCheck.run();
            output.emit(new DeltaBatch(count, state.rows.keys(ids, count), Arrays.copyOf(weights, count)));
        }
    }

    private void endStep() {
        for (int i = 0; i < state.touched.count(); i++) {
            if (state.isGone(state.touched.get(i))) {
                state.rows.remove(state.touched.get(i));
            }
        }
        state.touched.clear();
        state.step++;
    }

    @Override
    public long stateRows() {
        return state.rows.size();
    }
}
