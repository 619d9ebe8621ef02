package io.thalweg.planner.query;

import java.util.ArrayList;
import java.util.Collections;
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
 * Names the columns of a result that the user did not: a call of a function is called like the function, also over a window, a
 * CAST like what it casts, a sub-query like its column, anything else after its place. A name that is taken gets a number.
 */
public final class ResultNames {
    /** What Calcite makes up. */
    private static final Pattern MADE_UP = Pattern.compile("EXPR\\$\\d+");

    /** What the parser takes for a part of the name of a JSON aggregate. */
    private static final Pattern NULL_CLAUSE = Pattern.compile("_(null|absent)_on_null$");
    /** What leaves the name to its first operand. */
    private static final Set<SqlKind> TRANSPARENT = Set.of(
            SqlKind.CAST,
            SqlKind.SAFE_CAST,
            SqlKind.FILTER,
            SqlKind.OVER,
            SqlKind.WITHIN_GROUP,
            SqlKind.RESPECT_NULLS,
            SqlKind.IGNORE_NULLS);

    private final List<Optional<String>> suggestions;

    /** Which item is the only star; -1 if none or several are. */
    private final int star;

    private ResultNames(List<Optional<String>> suggestions, int star) {
        this.suggestions = suggestions;
        this.star = star;
    }

    /** Reads a query as the user wrote it, before it is checked, which rewrites it. */
    public static ResultNames of(SqlNode query) {
        List<SqlNode> items = firstSelect(query)
                .map(select -> (List<SqlNode>) select.getSelectList())
                .orElse(List.of());
        List<Optional<String>> suggestions = new ArrayList<>();
        List<Integer> stars = new ArrayList<>();
        for (SqlNode item : items) {
            if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
                stars.add(suggestions.size());
            }
            suggestions.add(suggestion(item));
        }
        return new ResultNames(suggestions, stars.size() == 1 ? stars.get(0) : -1);
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
        if (item.getKind() == SqlKind.AS) {
            return suggestion(((SqlCall) item).operand(1));
        }
        if (TRANSPARENT.contains(item.getKind())) {
            return suggestion(((SqlCall) item).operand(0));
        }
        if (item.getKind() == SqlKind.CASE || item.getKind() == SqlKind.EXISTS) {
            return Optional.of(item.getKind().name().toLowerCase(Locale.ROOT));
        }
        if (item.getKind() == SqlKind.SCALAR_QUERY) {
            return firstSelect(((SqlCall) item).operand(0))
                    .flatMap(select -> suggestion(select.getSelectList().get(0)));
        }
        return item instanceof SqlCall call && call.getOperator() instanceof SqlFunction function
                ? Optional.of(NULL_CLAUSE
                        .matcher(function.getName().toLowerCase(Locale.ROOT))
                        .replaceFirst(""))
                : Optional.empty();
    }

    /** The names for a result whose columns Calcite calls so. */
    public List<String> resolve(List<String> names) {
        List<Optional<String>> wanted = aligned(names.size());
        Set<String> taken = new HashSet<>();
        names.stream().filter(name -> !isMadeUp(name)).forEach(taken::add);
        List<String> resolved = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (isMadeUp(name)) {
                name = free(wanted.get(i).orElse("column" + (i + 1)), taken);
            }
            resolved.add(name);
        }
        return resolved;
    }

    /** The suggestions at the places of the columns: a star stands for any number of them, two for one cannot know how many. */
    private List<Optional<String>> aligned(int columns) {
        int behind = suggestions.size() - 1 - star;
        if (suggestions.size() == columns || star < 0 || columns < star + behind) {
            return suggestions.size() == columns ? suggestions : Collections.nCopies(columns, Optional.empty());
        }
        List<Optional<String>> aligned = new ArrayList<>(suggestions.subList(0, star));
        aligned.addAll(Collections.nCopies(columns - star - behind, Optional.empty()));
        aligned.addAll(suggestions.subList(star + 1, suggestions.size()));
        return aligned;
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
