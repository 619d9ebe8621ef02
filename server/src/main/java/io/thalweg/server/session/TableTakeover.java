package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.server.catalog.CatalogStateMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table that an endless query is to keep equal to its answer, and what speaks against it: rows that the answer may not have,
 * another query, several rows of one key, or an answer that depends on the table itself.
 *
 * @param place where the statement names the table
 */
record TableTakeover(TableDefinition table, CatalogSnapshot catalog, QualifiedName place) {
    /** Throws if a query keeps the table already. */
    void requireAlone() {
        TableWriters.requireNone(catalog, table, place.span());
    }

    /** Throws unless no two rows of the answer can have the same primary key. */
    void requireOwnKey(PhysicalPlan plan, SourceSpan query) {
        boolean own =
                plan.key().filter(key -> table.primaryKey().containsAll(key)).isPresent();
        if (!own) {
            List<String> names = table.primaryKey().stream()
                    .map(column -> table.columns().storedType().name(column))
                    .toList();
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "the answer of this query is not known to have one row for each value of "
                                    + String.join(", ", names) + ", the primary key of table " + table.name())
                    .at(query)
                    .withHint("GROUP BY these columns, or keep the newest row with ROW_NUMBER() … = 1.");
        }
    }

    /** Throws if there are rows, which the query would delete as far as its answer does not have them. */
    void requireEmpty(boolean empty) {
        if (!empty) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "table " + table.name()
                                    + " has rows, and an endless query would delete those that its answer"
                                    + " does not have")
                    .at(place.span())
                    .withHint(
                            "TRUNCATE TABLE deletes them all; CREATE TABLE … AS SELECT … EMIT CHANGES makes a new table.");
        }
    }

    /** Throws if what the query reads depends on the table. */
    void requireNoCircle(CatalogStateMachine.Editor editor, Set<Long> uses, SourceSpan query) {
        Set<Long> reached = new HashSet<>(Set.of(table.id()));
        int before = 0;
        while (reached.size() > before) {
            before = reached.size();
            for (CatalogObject object : List.copyOf(catalog.objects())) {
                if (reached.contains(object.id())) {
                    editor.readersOf(object).forEach(reader -> reached.add(reader.id()));
                    editor.queriesReading(object).stream()
                            .map(ContinuousQueryDefinition::target)
                            .forEach(reached::add);
                }
            }
        }
        if (uses.stream().anyMatch(reached::contains)) {
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "the query reads what depends on table " + table.name() + " itself")
                    .at(query);
        }
    }
}
