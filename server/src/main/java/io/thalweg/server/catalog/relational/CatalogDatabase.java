package io.thalweg.server.catalog.relational;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The catalog in an in-memory H2 database, one table for each of {@link InformationSchema}. It is a picture of a snapshot
 * and nothing else: every read first brings it to the latest snapshot by deleting the rows of objects that are gone and
 * inserting those of new ones, so that it can neither be ahead of the catalog nor behind it.
 *
 * <p>H2 can run code for an administrator. So users' texts and names reach it as parameters of statements that are fixed
 * here, over the connection of a {@link RestrictedDatabase}. Opened at the first read, since H2 and jOOQ take a while to
 * load. Thread-safe.
 */
public final class CatalogDatabase implements AutoCloseable {
    private final Supplier<CatalogSnapshot> catalog;
    /** Guarded by this: what the tables hold now. */
    private final Map<ObjectName, CatalogObject> pictured = new HashMap<>();
    /** Guarded by this. */
    private long picturedVersion = -1;
    /** Guarded by this: open from the first read to the close. */
    private @Nullable Connection connection;
    /** Guarded by this. */
    private boolean closed;

    public CatalogDatabase(Supplier<CatalogSnapshot> catalog) {
        this.catalog = catalog;
    }

    /** All rows of a table of INFORMATION_SCHEMA, as of now: by names, and columns as they were declared. */
    public List<Record> rows(SystemTableDefinition definition) {
        return read(sql -> sql.selectFrom(RestrictedDatabase.table(definition))
                .orderBy(order(definition))
                .fetch());
    }

    private static List<OrderField<?>> order(SystemTableDefinition definition) {
        return Stream.of("table_schema", "schema_name", "table_name", "ordinal_position", "key_sequence", "option_name")
                .filter(column -> definition.type().indexOf(column) >= 0)
                .<OrderField<?>>map(column -> DSL.field(DSL.quotedName(column)))
                .toList();
    }

    /** Opens the database and fills it, so that the first reader need not wait for that. */
    public void warmUp() {
        read(sql -> 0);
    }

    /** What to ask the database, in jOOQ's terms. */
    private interface Question<R> {
        R ask(DSLContext sql);
    }

    private synchronized <R> R read(Question<R> question) {
        QueryBuilderClasses.load();
        try {
            DSLContext sql = open();
            bringUpToDate(sql);
            return question.ask(sql);
        } catch (SQLException | DataAccessException failure) {
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "the catalog's tables could not be read", failure);
        }
    }

    private DSLContext open() throws SQLException {
        if (closed) {
            throw new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the server is shutting down");
        }
        Connection open = connection;
        if (open == null) {
            open = RestrictedDatabase.open();
            connection = open;
        }
        return DSL.using(open, SQLDialect.H2);
    }

    private void bringUpToDate(DSLContext sql) {
        CatalogSnapshot snapshot = catalog.get();
        if (snapshot.version() == picturedVersion) {
            return;
        }
        sql.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            Map<ObjectName, CatalogObject> wanted = wanted(snapshot);
            List<CatalogObject> gone = pictured.values().stream()
                    .filter(object -> !object.equals(wanted.get(object.name())))
                    .toList();
            List<CatalogObject> added = wanted.values().stream()
                    .filter(object -> !object.equals(pictured.get(object.name())))
                    .toList();
            gone.forEach(object -> delete(inside, object.name()));
            insert(inside, added);
            replaceSchemata(inside, wanted.keySet());
        });
        pictured.clear();
        pictured.putAll(wanted(snapshot));
        picturedVersion = snapshot.version();
    }

    /** System tables that belong to a stream are left out: they would bury the streams in a browser's tree. */
    private static Map<ObjectName, CatalogObject> wanted(CatalogSnapshot snapshot) {
        Map<ObjectName, CatalogObject> wanted = new HashMap<>();
        for (CatalogObject object : snapshot.objects()) {
            if (object.name().name().indexOf('$') < 0) {
                wanted.put(object.name(), object);
            }
        }
        return wanted;
    }

    private static void delete(DSLContext sql, ObjectName name) {
        for (SystemTableDefinition definition : InformationSchema.tables()) {
            if (definition.type().indexOf("table_name") >= 0) {
                sql.deleteFrom(RestrictedDatabase.table(definition))
                        .where(named(name))
                        .execute();
            }
        }
    }

    private static Condition named(ObjectName name) {
        return DSL.field(DSL.quotedName("table_schema"), String.class)
                .eq(name.schema())
                .and(DSL.field(DSL.quotedName("table_name"), String.class).eq(name.name()));
    }

    private static void insert(DSLContext sql, List<CatalogObject> objects) {
        for (CatalogObject object : objects) {
            ObjectRows rows = ObjectRows.of(object);
            insert(sql, InformationSchema.TABLES, rows.tables());
            insert(sql, InformationSchema.COLUMNS, rows.columns());
            insert(sql, InformationSchema.KEY_COLUMNS, rows.keyColumns());
            insert(sql, InformationSchema.VIEWS, rows.views());
            insert(sql, InformationSchema.TABLE_OPTIONS, rows.options());
        }
    }

    private static void replaceSchemata(DSLContext sql, Set<ObjectName> names) {
        Set<String> schemas = new TreeSet<>(Set.of(ObjectName.DEFAULT_SCHEMA));
        names.forEach(name -> schemas.add(name.schema()));
        sql.deleteFrom(RestrictedDatabase.table(InformationSchema.SCHEMATA)).execute();
        insert(
                sql,
                InformationSchema.SCHEMATA,
                schemas.stream()
                        .map(schema -> new @Nullable Object[] {InformationSchema.CATALOG, schema})
                        .toList());
    }

    private static void insert(DSLContext sql, SystemTableDefinition definition, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var insert =
                sql.insertInto(RestrictedDatabase.table(definition)).columns(RestrictedDatabase.columns(definition));
        for (@Nullable Object[] row : rows) {
            insert = insert.values(row);
        }
        insert.execute();
    }

    @Override
    public synchronized void close() {
        closed = true;
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException ignored) {
                // The database is in memory: nothing is lost that a close could have saved.
            }
        }
    }
}
