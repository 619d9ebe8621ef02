package io.thalweg.server.query;

import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.view.DeltaAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps a table equal to the answer of a continuous query, which alone writes to it: so after a crash the difference between
 * the two is what is missing. Each step is one statement to the table.
 */
final class TableOutput implements QueryOutput {
    private final TableDefinition table;
    private final int[] keyColumns;
    private final RowType type;
    private final Supplier<StoredRelation> target;
    private final RowIngest ingest;
    private final InsertRunner queries;
    private final DeltaAccumulator step;
    // Written by the query's thread, read by SYS.QUERIES.
    private volatile long rows;

    TableOutput(
            ContinuousQueryDefinition query,
            TableDefinition table,
            Supplier<StoredRelation> target,
            RowIngest ingest,
            InsertRunner queries) {
        this.table = table;
        this.keyColumns =
                table.primaryKey().stream().mapToInt(Integer::intValue).toArray();
        this.type = query.plan().type();
        this.target = target;
        this.ingest = ingest;
        this.queries = queries;
        this.step = new DeltaAccumulator(type);
    }

    @Override
    public void recover(QueryControl control) {
        PhysicalPlan present = TableChanges.allRows(
                table, IntStream.range(0, type.size()).boxed().toList());
        TableChanges.deleting(queries.rows(present, Optional.empty(), control)).forEach(step::add);
    }

    @Override
    public void accept(DeltaBatch delta) {
        RowIngest.checked(target.get(), List.of(delta)).forEach(step::add);
    }

    @Override
    public void stepDone(StepInfo info) {
        // The query says so itself, outside of the pipeline.
    }

    @Override
    public void finishStep() {
        List<DeltaBatch> inserted = new ArrayList<>();
        List<DeltaBatch> deleted = new ArrayList<>();
        for (DeltaBatch batch : step.drain()) {
            select(batch, 1).ifPresent(inserted::add);
            select(batch, -1).ifPresent(deleted::add);
        }
        KeyTable keys = keys();
        for (DeltaBatch batch : inserted) {
            keys.resolve(batch.project(keyColumns), new int[batch.rowCount()]);
        }
        List<DeltaBatch> entries = new ArrayList<>();
        // A row that is replaced needs no deletion.
        deleted.forEach(batch -> gone(batch, keys).ifPresent(entries::add));
        List<DeltaBatch> changes = new ArrayList<>(TableChanges.deleting(entries));
        changes.addAll(inserted);
        if (!changes.isEmpty()) {
            long written = rows + ingest.ingest(target.get(), changes);
            rows = written;
        }
    }

    private KeyTable keys() {
        List<Field> fields = new ArrayList<>();
        Arrays.stream(keyColumns).forEach(column -> fields.add(type.field(column)));
        List<Integer> all = IntStream.range(0, keyColumns.length).boxed().toList();
        return KeyTable.create(
                new RowType(fields), all, KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("keys of a step"));
    }

    private static Optional<DeltaBatch> select(DeltaBatch batch, int sign) {
        int[] chosen = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (Integer.signum(batch.weight(row)) == sign) {
                chosen[count++] = row;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(batch.withWeights(null).select(chosen, count));
    }

    private Optional<DeltaBatch> gone(DeltaBatch batch, KeyTable inserted) {
        int[] ids = new int[batch.rowCount()];
        inserted.find(batch.project(keyColumns), ids);
        int[] chosen = new int[ids.length];
        int count = 0;
        for (int row = 0; row < ids.length; row++) {
            if (ids[row] == KeyTable.ABSENT) {
                chosen[count++] = row;
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(batch.select(chosen, count));
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        // A table keeps its rows by itself.
    }
}
