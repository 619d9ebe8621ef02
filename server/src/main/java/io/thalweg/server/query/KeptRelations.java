package io.thalweg.server.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The tables and materialized views of the domain: builds them, finds them, takes them away. Thread-safe. */
final class KeptRelations {
    /** How often a building view catches up by itself before the domain does the rest. */
    private static final int CATCH_UPS = 8;

    private final RelationStore store;
    private final StepDomain domain;
    private final QueryRuntime runtime;
    private final LongSupplier queryIds;
    private final Map<Long, DomainTable> tables = new ConcurrentHashMap<>();
    private final Map<Long, DomainView> views = new ConcurrentHashMap<>();

    /** @param queryIds gives a new number for SYS.QUERIES */
    KeptRelations(RelationStore store, StepDomain domain, QueryRuntime runtime, LongSupplier queryIds) {
        this.store = store;
        this.domain = domain;
        this.runtime = runtime;
        this.queryIds = queryIds;
    }

    /** Has the domain bring an object up to date that the store knows; the future is that of the domain. */
    CompletableFuture<Void> recover(CatalogObject object) {
        if (object instanceof TableDefinition table) {
            return domain.attach(table(table));
        }
        if (object instanceof MaterializedViewDefinition view) {
            return domain.attach(view(view, domain.control()));
        }
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Brings a new object up to date and adds it to the domain. A view is built on the thread of the caller, so that all
     * others go on meanwhile; the domain only adds what came in the end.
     *
     * @param control ends the building, but not the view once it is built
     */
    void build(CatalogObject object, QueryControl control) {
        if (object instanceof TableDefinition table) {
            join(domain.attach(table(table)));
        } else if (object instanceof MaterializedViewDefinition definition) {
            DomainView view = view(definition, control);
            Map<Long, RowType> relations = new HashMap<>();
            view.relations().forEach(id -> relations.put(id, store.keptType(id, "relation " + id)));
            DomainFeed feed = new DomainFeed(relations, view.logs());
            control.onCancel(feed::wake);
            domain.open(feed);
            try {
                Clock clock = runtime.clock();
                Optional<StepInput> input = Optional.of(feed.take(control, new StepPace(clock, false)));
                for (int i = 0; i < CATCH_UPS && input.isPresent(); i++) {
                    view.step(input.get());
                    input = feed.takeRest(clock.epochMicros());
                }
                input.ifPresent(view::step);
                control.check();
                view.handOver(domain.control());
                join(domain.attach(view, feed));
            } finally {
                domain.close(feed);
            }
        }
    }

    /** Has the domain keep a table with the columns that the store knows of now. */
    void replace(TableDefinition definition) {
        Optional<DomainTable> old = Optional.ofNullable(tables.get(definition.id()));
        DomainTable replacement = newTable(definition);
        join(domain.replace(replacement));
        tables.put(definition.id(), replacement);
        old.ifPresent(DomainTable::close);
    }

    private static void join(CompletableFuture<Void> attached) {
        try {
            attached.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ThalwegException known) {
                throw new ThalwegException(known.code(), known.message(), known);
            }
            throw failure;
        }
    }

    private DomainTable table(TableDefinition definition) {
        DomainTable table = newTable(definition);
        tables.put(definition.id(), table);
        return table;
    }

    private DomainTable newTable(TableDefinition definition) {
        StoredRelation stored = store.require(definition.id(), definition.name().toString());
        return new DomainTable(definition, stored, domain.control());
    }

    private DomainView view(MaterializedViewDefinition definition, StopCheck stop) {
        DomainView view = new DomainView(
                queryIds.getAsLong(),
                definition,
                scan -> store.require(scan.objectId(), scan.name()),
                runtime.pipelineConfig(stop),
                stop);
        views.put(definition.id(), view);
        return view;
    }

    /** Takes out what has this id, relation or stream, and returns when no step uses it. Its readers meet the error. */
    void remove(long id, ThalwegException reason) {
        Optional<DomainView> removed = Optional.ofNullable(views.remove(id));
        removed.ifPresent(view -> view.stop(reason));
        tables.remove(id);
        domain.detach(id, reason);
        removed.ifPresent(DomainView::close);
    }

    /** Ends the building of views. */
    void stopBuilding() {
        views.values()
                .forEach(view ->
                        view.stop(new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the server is shutting down")));
    }

    /** All materialized views. */
    Collection<DomainView> views() {
        return views.values();
    }

    Optional<DomainView> view(long id) {
        return Optional.ofNullable(views.get(id));
    }

    /** The table or materialized view of this id. */
    Optional<DomainRelation> find(long id) {
        DomainRelation table = tables.get(id);
        return Optional.ofNullable(table == null ? views.get(id) : table);
    }
}
