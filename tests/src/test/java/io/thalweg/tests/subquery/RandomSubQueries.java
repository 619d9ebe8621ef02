package io.thalweg.tests.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes queries with sub-queries over the tables t, u and v, each with the INT columns a, b and c: all forms of predicates and
 * values, in all places, two levels deep, reading the rows of all queries around them. But for rows in IN, since both oracles
 * take a row with one NULL for one that may be equal also where the rest of it differs, and for aggregates without groups in a
 * UNION ALL within LATERAL, which for DuckDB have no row where nothing is aggregated.
 */
final class RandomSubQueries {
    private static final List<String> TABLES = List.of("t", "u", "v");
    private static final List<String> COLUMNS = List.of("a", "b", "c");
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final int MAX_DEPTH = 2;

    private final Random random;
    private final boolean lateral;
    private int aliases;

    /** @param lateral whether to use LATERAL, which one oracle has, rather than sub-queries in outer joins, which the other has */
    RandomSubQueries(Random random, boolean lateral) {
        this.random = random;
        this.lateral = lateral;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A table, or a query that computes its columns. */
    private String source() {
        String table = pick(TABLES);
        return oneIn(5)
                ? "(SELECT id, " + pick(COLUMNS) + " - 1 AS a, " + pick(COLUMNS) + " AS b, a + c AS c FROM " + table
                        + ")"
                : table;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    String query() {
        aliases = 0;
        String q = alias();
        List<String> scope = List.of(q);
        return switch (random.nextInt(lateral ? 6 : 5)) {
            case 0 ->
                "SELECT " + columns(q) + ", " + value(scope, 0) + " AS x FROM " + source() + " AS " + q
                        + (oneIn(2) ? "" : " WHERE " + condition(scope, 0));
            case 1 -> grouped(q);
            case 2 -> joined(q);
            case 5 -> lateral(q);
            default -> "SELECT " + columns(q) + " FROM " + source() + " AS " + q + " WHERE " + condition(scope, 0);
        };
    }

    private String alias() {
        return "q" + aliases++;
    }

    private static String columns(String alias) {
        return alias + ".a, " + alias + ".b";
    }

    private String grouped(String q) {
        List<String> scope = List.of(q);
        return "SELECT " + q + ".a, COUNT(*) AS n FROM " + source() + " AS " + q
                + (oneIn(2) ? " WHERE " + condition(scope, 0) : "") + " GROUP BY " + q + ".a HAVING COUNT(*) "
                + pick(COMPARISONS) + " " + aggregateOver(q + ".a");
    }

    /** A query of one row that reads only the group's column. */
    private String aggregateOver(String column) {
        String s = alias();
        return "(SELECT COUNT(*) FROM " + source() + " AS " + s + " WHERE " + s + "." + pick(COLUMNS) + " "
                + pick(COMPARISONS) + " " + column + ")";
    }

    private String joined(String q) {
        String r = alias();
        List<String> scope = List.of(q, r);
        String kind = lateral || oneIn(2) ? " JOIN " : oneIn(2) ? " LEFT JOIN " : " RIGHT JOIN ";
        return "SELECT " + q + ".a AS x, " + r + ".b AS y FROM " + source() + " AS " + q + kind + source()
                + " AS " + r + " ON " + q + "." + pick(COLUMNS) + " = " + r + "." + pick(COLUMNS)
                + (oneIn(2) ? " AND " : " OR ") + condition(scope, 1);
    }

    private String lateral(String q) {
        String r = alias();
        List<String> scope = List.of(q);
        String rows = oneIn(3)
                ? "SELECT " + aggregate(alias(), scope, 1)
                : oneIn(3) ? part(scope, 1, false) + " UNION ALL " + part(scope, 1, false) : rows(scope, 1);
        return "SELECT " + q + ".a AS x, " + r + ".y FROM " + source() + " AS " + q
                + (oneIn(2) ? " JOIN LATERAL (" : " LEFT JOIN LATERAL (") + rows + ") AS " + r
                + "(y) ON TRUE";
    }

    private static List<String> with(List<String> scope, String alias) {
        List<String> all = new ArrayList<>(scope);
        all.add(alias);
        return all;
    }

    /** A query of one column. */
    private String rows(List<String> scope, int depth) {
        return rows(scope, depth, true);
    }

    private String rows(List<String> scope, int depth, boolean mayHaveTotal) {
        String s = alias();
        List<String> inner = with(scope, s);
        String from = source() + " AS " + s;
        String order = " ORDER BY " + s + "." + pick(COLUMNS) + (oneIn(2) ? " NULLS FIRST, " : " DESC NULLS LAST, ") + s
                + ".id";
        if (oneIn(5)) {
            String r = alias();
            from += (oneIn(2) ? " JOIN " : " LEFT JOIN ") + source() + " AS " + r + " ON " + r + "." + pick(COLUMNS)
                    + pick(COMPARISONS) + operand(inner);
            inner = with(inner, r);
            order += ", " + r + ".id NULLS LAST";
        }
        String where = from + " WHERE " + condition(inner, depth + 1);
        return switch (random.nextInt(11)) {
            case 8 -> "SELECT " + operand(inner) + " FROM " + where + order + limit();
            case 9 -> "SELECT " + window(inner, order) + " FROM " + where;
            case 10 -> "SELECT " + s + ".b FROM " + where + " QUALIFY " + window(inner, order) + " <= 2";
            case 0 -> "SELECT DISTINCT " + s + "." + pick(COLUMNS) + " FROM " + where;
            case 1 -> "SELECT COUNT(*) FROM " + where + " GROUP BY " + s + ".b";
            case 2 -> "SELECT " + s + ".b FROM " + where + " GROUP BY " + s + ".b HAVING COUNT(*) > 1";
            case 3 -> "SELECT MAX(" + s + ".c) FROM " + where + (mayHaveTotal ? "" : " GROUP BY " + s + ".a");
            case 4 -> "SELECT " + operand(inner) + " + 1 FROM " + where;
            default -> "SELECT " + s + "." + pick(COLUMNS) + " FROM " + where;
        };
    }

    private String limit() {
        String limit = " LIMIT " + (1 + random.nextInt(3));
        return oneIn(3) ? (oneIn(2) ? limit : "") + " OFFSET 1" : limit;
    }

    /** @param order of all rows, so that no answer is open */
    private String window(List<String> scope, String order) {
        String partition = oneIn(2) ? "" : "PARTITION BY " + operand(scope);
        return switch (random.nextInt(4)) {
            case 0 -> "ROW_NUMBER() OVER (" + partition + order + ")";
            case 1 -> "SUM(" + operand(scope) + ") OVER (" + partition + order + ")";
            case 2 -> "COUNT(*) OVER (" + partition + ")";
            default -> "LAG(" + operand(scope) + ") OVER (" + partition + order + ")";
        };
    }

    private String query(List<String> scope, int depth) {
        if (!oneIn(8)) {
            return "(" + rows(scope, depth) + ")";
        }
        String operation = oneIn(2) ? " UNION ALL " : oneIn(2) ? " UNION " : oneIn(2) ? " EXCEPT " : " INTERSECT ";
        return "(" + part(scope, depth, true) + operation + part(scope, depth, true) + ")";
    }

    /** A query of one column beside another. */
    private String part(List<String> scope, int depth, boolean mayHaveTotal) {
        String rows = rows(scope, depth, mayHaveTotal);
        return rows.contains(" LIMIT ") || rows.contains(" OFFSET ") ? "(" + rows + ")" : rows;
    }

    /** A column of a row around, more often of the nearest, or a constant. */
    private String operand(List<String> scope) {
        if (oneIn(6)) {
            return String.valueOf(random.nextInt(4));
        }
        int place = oneIn(2) ? scope.size() - 1 : random.nextInt(scope.size());
        return scope.get(place) + "." + pick(COLUMNS);
    }

    private String condition(List<String> scope, int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> "(" + predicate(scope, depth) + " OR " + predicate(scope, depth) + ")";
            case 1 -> "NOT (" + predicate(scope, depth) + " AND " + predicate(scope, depth) + ")";
            case 2, 3 -> predicate(scope, depth) + " AND " + predicate(scope, depth);
            default -> predicate(scope, depth);
        };
    }

    private String predicate(List<String> scope, int depth) {
        if (depth >= MAX_DEPTH || oneIn(depth == 0 ? 6 : 2)) {
            return oneIn(6)
                    ? operand(scope) + (oneIn(2) ? " IS NULL" : " IS NOT NULL")
                    : operand(scope) + " " + (oneIn(2) ? "=" : pick(COMPARISONS)) + " " + operand(scope);
        }
        return switch (random.nextInt(8)) {
            case 7 -> operand(scope) + " " + pick(COMPARISONS) + " " + first(scope, depth);
            case 0, 1 -> (oneIn(2) ? "" : "NOT ") + "EXISTS " + query(scope, depth);
            case 2, 3 -> operand(scope) + (oneIn(2) ? " IN " : " NOT IN ") + query(scope, depth);
            case 4 -> operand(scope) + " " + pick(COMPARISONS) + (oneIn(2) ? " ANY " : " ALL ") + query(scope, depth);
            default -> operand(scope) + " " + pick(COMPARISONS) + " (SELECT " + aggregate(alias(), scope, depth) + ")";
        };
    }

    /** The value of the first row of a query. */
    private String first(List<String> scope, int depth) {
        String s = alias();
        List<String> inner = with(scope, s);
        return "(SELECT " + operand(inner) + " FROM " + pick(TABLES) + " AS " + s + " WHERE "
                + condition(inner, depth + 1) + " ORDER BY " + s + "." + pick(COLUMNS) + " NULLS LAST, " + s
                + ".id LIMIT 1" + (oneIn(4) ? " OFFSET 1" : "") + ")";
    }

    /** The select list, FROM and WHERE of a query of one row. */
    private String aggregate(String s, List<String> scope, int depth) {
        List<String> inner = with(scope, s);
        String function = switch (random.nextInt(5)) {
            case 0 -> "MAX(" + s + "." + pick(COLUMNS) + ")";
            case 1 -> "MIN(" + s + "." + pick(COLUMNS) + " + " + operand(scope) + ")";
            case 2 -> "SUM(" + s + "." + pick(COLUMNS) + ")";
            case 3 -> "COUNT(" + s + "." + pick(COLUMNS) + ")";
            default -> "COUNT(*)";
        };
        return function + " FROM " + source() + " AS " + s + " WHERE " + condition(inner, depth + 1);
    }

    private String value(List<String> scope, int depth) {
        return switch (random.nextInt(5)) {
            case 4 -> first(scope, depth);
            case 0 -> "CASE WHEN " + condition(scope, depth) + " THEN 1 ELSE 0 END";
            case 1 -> "(" + predicate(scope, depth) + ")";
            case 2 -> "COALESCE((SELECT " + aggregate(alias(), scope, depth) + "), -1)";
            default -> "(SELECT " + aggregate(alias(), scope, depth) + ")";
        };
    }
}
