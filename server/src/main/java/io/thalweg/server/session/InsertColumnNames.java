package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.planner.query.NameSuggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the columns that an INSERT names, each at its place; the planner is given the names alone. */
final class InsertColumnNames {
    private InsertColumnNames() {}

    /** Throws if a column does not exist, takes no values or is named twice. What is no stream or table passes. */
    static void check(CatalogObject target, List<Identifier> names) {
        Optional<RowColumns> columns = columns(target);
        Set<String> seen = new HashSet<>();
        for (Identifier name : columns.isEmpty() ? List.<Identifier>of() : names) {
            check(target, columns.get(), name);
            if (!seen.add(name.name())) {
                throw new ThalwegException(ErrorCode.DUPLICATE_COLUMN, "column " + name + " is named twice")
                        .at(name.span());
            }
        }
    }

    private static Optional<RowColumns> columns(CatalogObject target) {
        if (target instanceof StreamDefinition stream) {
            return Optional.of(stream.columns());
        }
        return target instanceof TableDefinition table ? Optional.of(table.columns()) : Optional.empty();
    }

    private static void check(CatalogObject target, RowColumns columns, Identifier name) {
        String where = target.kind().noun() + " " + target.name();
        int visible = columns.visibleType().indexOf(name.name());
        if (visible < 0) {
            ThalwegException undefined = new ThalwegException(
                            ErrorCode.UNDEFINED_COLUMN, "column " + name + " does not exist in " + where)
                    .at(name.span());
            List<String> names =
                    columns.columns().stream().map(column -> column.name()).toList();
            throw NameSuggestion.closest(name.name(), names)
                    .map(close -> undefined.withHint("There is a column " + close + "."))
                    .orElse(undefined);
        }
        if (columns.storedIndex(visible) < 0) {
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "column " + name + " of " + where + " is not stored and takes no values")
                    .at(name.span());
        }
    }
}
