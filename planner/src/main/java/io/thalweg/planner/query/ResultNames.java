package io.thalweg.planner.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * Names the columns of a result that the user did not: a call of a function is called like the function, a CAST like what it
 * casts, anything else after its place. A name that is taken gets a number.
 */
public final class ResultNames {
    /** What Calcite makes up. */
    private static final Pattern MADE_UP = Pattern.compile("EXPR\\$\\d+");

    private final List<Optional<String>> suggestions;

    private ResultNames(List<Optional<String>> suggestions) {
        this.suggestions = suggestions;
    }

    /** Reads a query as the user wrote it, before it is checked, which rewrites it. */
    public static ResultNames of(SqlNode query) {
        List<Optional<String>> suggestions = new ArrayList<>();
        firstSelect(query).ifPresent(select -> {
            for (SqlNode item : select.getSelectList()) {
                suggestions.add(suggestion(item));
            }
        });
        return new ResultNames(suggestions);
    }

    private static Optional<SqlSelect> firstSelect(SqlNode query) {
        if (query instanceof SqlSelect select) {
            return Optional.of(select);
        }
        if (query instanceof SqlOrderBy order) {
            return firstSelect(order.query);
        }
        if (query instanceof SqlWith with) {
            return firstSelect(with.body);
        }
        boolean setOperation = query instanceof SqlBasicCall && SqlKind.SET_QUERY.contains(query.getKind());
        return setOperation ? firstSelect(((SqlBasicCall) query).operand(0)) : Optional.empty();
    }

    private static Optional<String> suggestion(SqlNode item) {
        if (item instanceof SqlIdentifier identifier) {
            return identifier.isStar()
                    ? Optional.empty()
                    : Optional.of(identifier.names.get(identifier.names.size() - 1));
        }
        if (item.getKind() == SqlKind.CAST || item.getKind() == SqlKind.FILTER) {
            return suggestion(((SqlCall) item).operand(0));
        }
        if (item.getKind() == SqlKind.CASE) {
            return Optional.of("case");
        }
        return item instanceof SqlCall call && call.getOperator() instanceof SqlFunction function
                ? Optional.of(function.getName().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** The names for a result whose columns Calcite calls so. */
    public List<String> resolve(List<String> names) {
        // With a star among them the items do not stand at the places of the columns.
        boolean aligned = suggestions.size() == names.size();
        Set<String> taken = new HashSet<>();
        names.stream().filter(name -> !isMadeUp(name)).forEach(taken::add);
        List<String> resolved = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (isMadeUp(name)) {
                Optional<String> suggestion = aligned ? suggestions.get(i) : Optional.empty();
                name = free(suggestion.orElse("column" + (i + 1)), taken);
            }
            resolved.add(name);
        }
        return resolved;
    }

    private static boolean isMadeUp(String name) {
        return MADE_UP.matcher(name).matches();
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "_" + number;
        }
        return name;
    }
}
