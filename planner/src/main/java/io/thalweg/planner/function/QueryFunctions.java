package io.thalweg.planner.function;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.FunctionDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * What one query may call: the functions that are built in, and behind them those of the catalog. It notes which of these the query
 * calls. Serves one query on one thread.
 */
public final class QueryFunctions implements SqlOperatorTable {
    private final CatalogSnapshot catalog;
    private final Set<FunctionDefinition> called = new LinkedHashSet<>();

    public QueryFunctions(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** The functions of the catalog that were asked for, in the order they were met. */
    public List<FunctionDefinition> called() {
        return List.copyOf(called);
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        FunctionCatalog.INSTANCE.lookupOperatorOverloads(name, category, syntax, found, matcher);
        if (found.isEmpty() && syntax.family == SqlSyntax.FUNCTION) {
            find(name).ifPresent(function -> {
                called.add(function);
                found.add(new JavaFunction(function));
            });
        }
    }

    private Optional<FunctionDefinition> find(SqlIdentifier name) {
        String last = name.names.get(name.names.size() - 1);
        return catalog.functions().stream()
                .filter(function -> function.name().name().equalsIgnoreCase(last))
                .filter(function -> name.isSimple()
                        || function.name().schema().equalsIgnoreCase(name.names.get(name.names.size() - 2)))
                .findFirst();
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        List<SqlOperator> all = new ArrayList<>(FunctionCatalog.INSTANCE.getOperatorList());
        catalog.functions().forEach(function -> all.add(new JavaFunction(function)));
        return all;
    }
}
