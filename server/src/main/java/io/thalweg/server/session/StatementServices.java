package io.thalweg.server.session;

import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.query.QueryEngine;
import java.util.concurrent.atomic.LongAdder;

/**
 * What running a statement may need.
 *
 * @param insertedRows counts what INSERT and COPY have appended
 */
record StatementServices(
        CatalogStateMachine catalog,
        CatalogStatements changes,
        StorageStatements storage,
        PartitionStatements partitions,
        ColumnStatements columns,
        RenameStatements renames,
        QueryStatements queries,
        FunctionStatements functions,
        CopyStatements copies,
        ShowStatements shows,
        QueryEngine engine,
        LongAdder insertedRows) {}
