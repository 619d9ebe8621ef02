package io.thalweg.server.query;

import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.view.KeyedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A table: the rows of its changelog, the last one of each key. */
final class DomainTable implements DomainRelation {
    private final StoredRelation relation;
    private final KeyedTable rows;
    private final ScanInput changelog;
    // Written by the domain's thread, read by any.
    private volatile long rowCount;
    private final RelationState state;

    /** @param stop asked while it reads the changelog */
    DomainTable(TableDefinition definition, StoredRelation relation, StopCheck stop) {
        this.relation = relation;
        this.state = new RelationState(relation.title());
        this.rows = new KeyedTable(relation.storedType(), definition.primaryKey());
        List<Integer> columns =
                IntStream.range(0, relation.storedType().size()).boxed().toList();
        ScanNode scan = new ScanNode(
                SourceKind.TABLE, definition.id(), definition.name().toString(), columns, false, relation.storedType());
        this.changelog = new ScanInput(relation, scan, stop, relation.title());
    }

    /** Lets go of the changelog; the last call. */
    void close() {
        changelog.release();
    }

    @Override
    public long id() {
        return relation.id();
    }

    @Override
    public String title() {
        return relation.title();
    }

    @Override
    public RowType type() {
        return relation.storedType();
    }

    @Override
    public Set<Long> logs() {
        return Set.of(id());
    }

    @Override
    public Set<Long> relations() {
        return Set.of();
    }

    @Override
    public List<DeltaBatch> step(StepInput input) {
        List<DeltaBatch> deltas = new ArrayList<>();
        changelog.read(input, batch -> {
            deltas.addAll(rows.upsert(batch));
            return true;
        });
        changelog.releaseRead();
        rowCount = rows.rowCount();
        return deltas;
    }

    @Override
    public List<DeltaBatch> snapshot() {
        return rows.snapshot();
    }

    @Override
    public RelationState state() {
        return state;
    }

    @Override
    public long rowCount() {
        return rowCount;
    }
}
