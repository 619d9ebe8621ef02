package io.thalweg.server.system;

import io.thalweg.model.catalog.SystemTableDefinition;
import java.util.function.Supplier;

/** A system table with the way to make its rows. */
record SystemTable(SystemTableDefinition definition, Supplier<ResultTable> rows) {}
