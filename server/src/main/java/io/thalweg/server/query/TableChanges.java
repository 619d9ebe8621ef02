package io.thalweg.server.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LiteralRows;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.ParameterBinding;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Writes to streams and tables: INSERT, UPDATE and DELETE. A statement that reads the table it writes has it for itself
 * meanwhile, so that what it writes follows from what was there. Thread-safe.
 */
final class TableChanges {
    private final RelationStore store;
    private final InsertRunner queries;
    private final RowIngest ingest = new RowIngest();
    private final WriteTurns turns = new WriteTurns();
    private final LongPredicate filled;

    /** @param filled whether an endless query writes to a stream or table of this id */
    TableChanges(RelationStore store, InsertRunner queries, LongPredicate filled) {
        this.store = store;
        this.queries = queries;
        this.filled = filled;
    }

    /** What is stored of an object; throws if it is a table that a query has taken over since the statement was planned. */
    private StoredRelation stored(CatalogObject object) {
        StoredRelation stored = store.require(object.id(), object.name().toString());
        if (object instanceof TableDefinition && filled.test(object.id())) {
            throw new ThalwegException(
                    ErrorCode.WRONG_OBJECT_KIND, stored.title() + " is kept by a query, and nobody else writes to it");
        }
        return stored;
    }

    /** As {@link QueryEngine#handOver}. */
    void handOver(TableDefinition table, Runnable begin, QueryControl control) {
        turns.alone(table.id(), control::check, () -> {
            begin.run();
            return table;
        });
    }

    /** The table as a statement knows it that writes what it has read; it must have all columns before it. */
    private StoredRelation unaltered(TableDefinition table) {
        StoredRelation stored = stored(table);
        if (!stored.columns().equals(table.columns())) {
            throw new ThalwegException(
                            ErrorCode.QUERY_CANCELED, stored.title() + " was altered while the statement was planned")
                    .withHint("Execute the statement again.");
        }
        return stored;
    }

    void forget(long id) {
        turns.forget(id);
    }

    /** As {@link QueryEngine#insert}. */
    long append(CatalogObject target, List<DeltaBatch> rows, StopCheck stop) {
        if (!(target instanceof TableDefinition)) {
            return ingest.ingest(stored(target), rows);
        }
        return turns.shared(target.id(), stop, () -> ingest.ingest(stored(target), rows));
    }

    /** As {@link QueryEngine#executeInsert}. */
    long insert(CatalogObject target, PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        if (target instanceof TableDefinition && reads(plan.root(), target.id())) {
            return turns.alone(
                    target.id(),
                    control::check,
                    () -> ingest.ingest(stored(target), computed(plan, parameters, control)));
        }
        return append(target, computed(plan, parameters, control), control::check);
    }

    private List<DeltaBatch> computed(PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        List<DeltaBatch> rows = queries.rows(plan, parameters, control);
        control.check();
        return rows;
    }

    private static boolean reads(PlanNode node, long id) {
        return node instanceof ScanNode scan && scan.objectId() == id
                || node.inputs().stream().anyMatch(input -> reads(input, id));
    }

    /** As {@link QueryEngine#isEmpty}. */
    boolean isEmpty(PhysicalPlan plan, QueryControl control) {
        return queries.rows(plan, Optional.empty(), control).stream().allMatch(rows -> rows.rowCount() == 0);
    }

    /** As {@link QueryEngine#executeUpdate}. */
    long update(TableDefinition table, PhysicalPlan plan, List<Literal> parameters, QueryControl control) {
        PhysicalPlan bound = ParameterBinding.bind(plan, parameters);
        return turns.alone(table.id(), control::check, () -> {
            List<DeltaBatch> changed = computed(bound, Optional.empty(), control);
            boolean movesKeys =
                    plan.root().type().size() > table.columns().storedType().size();
            return movesKeys ? move(table, changed, control) : ingest.ingest(unaltered(table), changed);
        });
    }

    /** @param changed the stored columns of the rows as they become, and behind them their old keys */
    private long move(TableDefinition table, List<DeltaBatch> changed, QueryControl control) {
        StoredRelation stored = unaltered(table);
        int width = stored.storedType().size();
        List<DeltaBatch> newRows = RowIngest.checked(stored, project(changed, 0, width));
        List<DeltaBatch> oldKeys =
                project(changed, width, width + table.primaryKey().size());
        KeyMove move = new KeyMove(table, newRows, oldKeys);
        move.requireUnique(computed(allRows(table, table.primaryKey()), Optional.empty(), control));
        List<DeltaBatch> goneRows = deleting(move.goneRows());
        if (stored.shards().current().size() == 1) {
            List<DeltaBatch> both = new ArrayList<>(goneRows);
            both.addAll(newRows);
            ingest.ingest(stored, both);
        } else {
            // Of two partitions a crash may leave one behind: the row is there twice for a moment rather than never
            // again.
            ingest.ingest(stored, newRows);
            ingest.ingest(stored, goneRows);
        }
        return newRows.stream().mapToLong(DeltaBatch::rowCount).sum();
    }

    private static List<DeltaBatch> project(List<DeltaBatch> batches, int from, int to) {
        int[] columns = IntStream.range(from, to).toArray();
        return batches.stream().map(batch -> batch.project(columns)).toList();
    }

    /** As {@link QueryEngine#executeDelete}. */
    long delete(TableDefinition table, PhysicalPlan plan, List<Literal> parameters, QueryControl control) {
        PhysicalPlan bound = ParameterBinding.bind(plan, parameters);
        return turns.alone(
                table.id(),
                control::check,
                () -> ingest.ingest(unaltered(table), deleting(computed(bound, Optional.empty(), control))));
    }

    /** Deletes all rows of a table. */
    long deleteAll(TableDefinition table, QueryControl control) {
        List<Integer> all =
                IntStream.range(0, table.columns().storedType().size()).boxed().toList();
        return delete(table, allRows(table, all), List.of(), control);
    }

    /** As {@link QueryEngine#earlierValue}. */
    Literal constant(StreamDefinition column, PhysicalPlan plan, QueryControl control) {
        RowType type = column.columns().storedType();
        DeltaBatch row = queries.rows(plan, Optional.empty(), control).get(0);
        Column checked = new ColumnDomain(type.field(0), "the default").checked(row.column(0));
        return LiteralRows.row(new DeltaBatch(1, new Column[] {checked}, null), 0, type.types())
                .get(0);
    }

    /** The same rows, each deleting its key. */
    static List<DeltaBatch> deleting(List<DeltaBatch> rows) {
        return rows.stream()
                .map(batch -> {
                    int[] weights = new int[batch.rowCount()];
                    Arrays.fill(weights, -1);
                    return batch.withWeights(weights);
                })
                .toList();
    }

    /** Some stored columns of all rows of a table. */
    static PhysicalPlan allRows(TableDefinition table, List<Integer> storedColumns) {
        List<Field> fields = new ArrayList<>();
        storedColumns.forEach(column -> fields.add(table.columns().storedType().field(column)));
        ScanNode scan = new ScanNode(
                SourceKind.TABLE, table.id(), table.name().toString(), storedColumns, false, new RowType(fields));
        return new PhysicalPlan(scan, EmitMode.SNAPSHOT, false, Optional.empty(), List.of());
    }
}
