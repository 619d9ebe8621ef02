package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * The records that were meant for a stream or a table and are no rows of it: a stream of the system's, {@code name$errors},
 * that is there as long as its owner is. It has no place of its own in the catalog, and its id follows from its owner's.
 */
public final class ErrorRows {
    /** Behind the name of a stream or table. */
    public static final String SUFFIX = "$errors";

    /** No object that somebody makes has an id as large as this. */
    private static final long BIT = 1L << 62;

    private static final RowColumns COLUMNS = new RowColumns(List.of(
            ColumnDefinition.stored("source", SqlType.VARCHAR.notNull()),
            ColumnDefinition.stored("source_line", SqlType.BIGINT),
            ColumnDefinition.stored("source_column", SqlType.INTEGER),
            ColumnDefinition.stored("source_offset", SqlType.BIGINT),
            ColumnDefinition.stored("code", SqlType.varchar(5).notNull()),
            ColumnDefinition.stored("reason", SqlType.VARCHAR.notNull()),
            ColumnDefinition.stored("bytes", SqlType.VARBINARY.notNull()),
            new ColumnDefinition(
                    "arrived",
                    SqlType.timestampLtz(6),
                    ColumnOrigin.METADATA,
                    Optional.of("timestamp"),
                    Optional.empty())));

    /** The columns that are stored of such a record. */
    public static final RowType STORED = COLUMNS.storedType();

    private ErrorRows() {}

    /** What takes the records that are no rows of a stream or a table; empty for what takes no rows. */
    public static Optional<StreamDefinition> of(CatalogObject owner) {
        if (owner instanceof StreamDefinition stream) {
            return Optional.of(of(stream, stream.properties()));
        }
        // What a table says of its old rows is no business of a stream.
        return owner instanceof TableDefinition ? Optional.of(of(owner, ObjectProperties.NONE)) : Optional.empty();
    }

    private static StreamDefinition of(CatalogObject owner, ObjectProperties properties) {
        return new StreamDefinition(
                owner.id() | BIT,
                new ObjectName(owner.name().schema(), owner.name().name() + SUFFIX),
                COLUMNS,
                Optional.empty(),
                List.of(),
                1,
                new ObjectProperties(properties.options(), Optional.empty()));
    }

    /** The stream of this name in a catalog, if the name is one of such a stream. */
    public static Optional<StreamDefinition> find(CatalogSnapshot catalog, ObjectName name) {
        if (!name.name().endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String owner = name.name().substring(0, name.name().length() - SUFFIX.length());
        return catalog.find(new ObjectName(name.schema(), owner)).flatMap(ErrorRows::of);
    }

    /** Whether an id is that of such a stream. */
    public static boolean isId(long id) {
        return (id & BIT) != 0;
    }

    /** The id of the object that such a stream belongs to; that of any other object as it is. */
    public static long ownerOf(long id) {
        return id & ~BIT;
    }

    /** The id of the stream that belongs to an object. */
    public static long idOf(long owner) {
        return owner | BIT;
    }
}
