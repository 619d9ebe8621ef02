package io.thalweg.server.catalog.record;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One durable change of the catalog. A record in the log has happened: replaying the records in order gives the catalog.
 */
public sealed interface CatalogRecord {
    <R> R accept(Visitor<R> visitor);

    /**
     * The id is given out and the making of the object's storage begins. Nobody sees the object yet; without a later
     * {@link Created} it never came to be, and its storage is rubbish.
     *
     * @param uses ids of the objects that this one reads
     */
    record Creating(CatalogObject object, Set<Long> uses) implements CatalogRecord {
        public Creating {
            uses = Set.copyOf(uses);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCreating(this);
        }
    }

    /**
     * The storage is complete: from here on the object is seen, and with it the query that fills it, if there is one.
     */
    record Created(long id, Optional<QueryCreated> filledBy) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCreated(this);
        }
    }

    /** The objects, queries and functions are gone, all at once; the removal of their storage begins. */
    record Dropped(List<Long> ids) implements CatalogRecord {
        public Dropped {
            ids = List.copyOf(ids);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitDropped(this);
        }
    }

    /**
     * A view takes the name of another, which is gone. One record, so that there is no moment without a view of the name.
     *
     * @param id the view that is gone
     * @param uses ids of the objects that the new one reads
     */
    record Replaced(long id, ViewDefinition view, Set<Long> uses) implements CatalogRecord {
        public Replaced {
            uses = Set.copyOf(uses);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitReplaced(this);
        }
    }

    /**
     * An object whose making was begun is complete and takes the name of another, which is gone; the removal of the storage of
     * that one begins.
     *
     * @param id the object that is seen from here on
     * @param replaced the one that is gone
     */
    record Swapped(long id, long replaced) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSwapped(this);
        }
    }

    /**
     * An object keeps its rows differently from here on, has more columns, or other names. Its id and what it reads stay, and the
     * columns that it has.
     *
     * @param object the whole of the new definition
     */
    record Altered(CatalogObject object) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAltered(this);
        }
    }

    /**
     * A stream has more partitions, which are there already and empty. Splits and merges are not among the records: the
     * log alone knows of them.
     *
     * @param partitions how many it has from here on
     */
    record PartitionsAdded(long id, int partitions) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPartitionsAdded(this);
        }
    }

    /**
     * An endless query begins to fill its target.
     *
     * @param uses ids of the objects that it reads
     */
    record QueryCreated(ContinuousQueryDefinition query, Set<Long> uses) implements CatalogRecord {
        public QueryCreated {
            uses = Set.copyOf(uses);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitQueryCreated(this);
        }
    }

    /** An endless query waits or goes on. */
    record QueryPaused(long id, boolean paused) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitQueryPaused(this);
        }
    }

    /**
     * A function can be called.
     *
     * @param replaces the function of the same name that is gone with it, if there was one
     */
    record FunctionCreated(FunctionDefinition function, Optional<Long> replaces) implements CatalogRecord {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFunctionCreated(this);
        }
    }

    /** One method for each kind of record. */
    interface Visitor<R> {
        R visitCreating(Creating creating);

        R visitCreated(Created created);

        R visitDropped(Dropped dropped);

        R visitReplaced(Replaced replaced);

        R visitSwapped(Swapped swapped);

        R visitAltered(Altered altered);

        R visitPartitionsAdded(PartitionsAdded added);

        R visitQueryCreated(QueryCreated created);

        R visitQueryPaused(QueryPaused paused);

        R visitFunctionCreated(FunctionCreated created);
    }
}
