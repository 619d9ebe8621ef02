package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import java.util.List;

/** Makes the rows of system tables at the moment they are read. Thread-safe. */
public interface SystemTableSource {
    /**
     * All rows of a system table.
     *
     * @param qualifiedName {@code schema.name}
     * @param columns which of its columns, in order
     */
    List<DeltaBatch> read(String qualifiedName, List<Integer> columns);
}
