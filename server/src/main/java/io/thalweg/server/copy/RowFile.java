package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.server.format.RowSchema;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file of rows that is being read. One owner thread. */
interface RowFile extends Closeable {
    /** The names of its columns, if it has them apart from its rows. */
    Optional<List<String>> columns();

    /**
     * Says which columns are wanted; once, before the first row.
     *
     * @param schema columns that the file has, if it says what it has
     */
    void begin(RowSchema schema) throws IOException;

    /**
     * Appends the next row, or some, to columns of the schema.
     *
     * @return false at the end of the file
     * @throws RefusedRecord if a record is no row; the one behind it is read next
     */
    boolean read(DeltaBatchBuilder rows) throws IOException;

    /** The line, or the row in a file without lines, up to which it has been read, for people: {@code line 3}. */
    String place();

    /** How many bytes were read last. */
    long size();
}
