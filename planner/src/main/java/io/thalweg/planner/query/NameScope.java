package io.thalweg.planner.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.type.Field;
import io.thalweg.planner.schema.CatalogSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * The names a text could have meant, for the hint in an error.
 *
 * @param relations the names in the FROM clauses of the text
 */
record NameScope(CatalogSnapshot catalog, String schema, List<SqlIdentifier> relations) {
    /** The relation that a mistyped name was probably meant to be. */
    Optional<String> closestRelation(String name) {
        List<String> names =
                catalog.objects().stream().map(o -> o.name().toString()).toList();
        return NameSuggestion.closest(name, names);
    }

    /** The column of the relations in the text that a mistyped name was probably meant to be. */
    Optional<String> closestColumn(String name) {
        Set<String> columns = new LinkedHashSet<>();
        for (SqlIdentifier relation : relations) {
            find(relation)
                    .ifPresent(o -> o.type().fields().stream().map(Field::name).forEach(columns::add));
        }
        return NameSuggestion.closest(name, columns);
    }

    /** The stream whose late rows a name asks for although it has none. */
    Optional<String> streamWithoutLateRows(String name) {
        if (!name.endsWith(CatalogSchema.LATE_ROWS_SUFFIX)) {
            return Optional.empty();
        }
        String stream = name.substring(0, name.length() - CatalogSchema.LATE_ROWS_SUFFIX.length());
        return catalog.find(new ObjectName(schema, stream))
                .filter(o -> o instanceof StreamDefinition)
                .map(o -> o.name().toString());
    }

    /** The object that a name in a FROM clause means. */
    Optional<CatalogObject> find(SqlIdentifier relation) {
        List<String> names = new ArrayList<>(relation.names);
        String last = names.get(names.size() - 1);
        String relationSchema = names.size() > 1 ? names.get(names.size() - 2) : schema;
        ObjectName name = new ObjectName(relationSchema, last);
        return catalog.find(name).or(() -> ErrorRows.find(catalog, name));
    }
}
