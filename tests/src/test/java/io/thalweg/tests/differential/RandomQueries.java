package io.thalweg.tests.differential;

import io.thalweg.tests.differential.Expressions.Kind;
import io.thalweg.tests.differential.Expressions.Typed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Random queries whose answer the data determine: what has an order orders by everything. They use much of the language;
 * what Thalweg refuses is for its error to say.
 */
final class RandomQueries {
    /** A query and the kinds of its columns, which are named {@code c0}, {@code c1} and so on. */
    private record Query(String sql, List<Kind> kinds) {}

    /** What stands in a FROM clause, and the columns it brings. */
    private record Relation(String sql, List<Typed> columns, boolean isJoin) {
        /** As the right side of a join. */
        String nested() {
            return isJoin ? "(" + sql + ")" : sql;
        }
    }

    private static final List<Typed> STORED = List.of(
            new Typed("id", Kind.NUMBER),
            new Typed("k", Kind.NUMBER),
            new Typed("v", Kind.NUMBER),
            new Typed("s", Kind.TEXT),
            new Typed("d", Kind.DECIMAL),
            new Typed("p", Kind.TRUTH),
            new Typed("f", Kind.DOUBLE));

    private final Random random;
    private final Expressions expressions;
    private int aliases;

    RandomQueries(Random random) {
        this.random = random;
        this.expressions = new Expressions(random);
    }

    /** A query. */
    String next() {
        aliases = 0;
        return query(2).sql();
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    private Query query(int depth) {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> plain(depth);
            case 3, 4, 5 -> grouped(depth);
            case 6 -> distinct(depth);
            case 7, 8 -> combined(depth);
            case 9 -> ranked(depth);
            case 10, 11 -> windowed(depth);
            case 12 -> common(depth);
            default -> joined(depth);
        };
    }

    private static String select(List<Typed> columns) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append(columns.get(i).sql())
                    .append(" AS c")
                    .append(i);
        }
        return sql.toString();
    }

    private static List<Kind> kinds(List<Typed> columns) {
        return columns.stream().map(Typed::kind).toList();
    }

    private List<Typed> expressions(List<Typed> reach, int count) {
        List<Typed> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Kind kind = expressions.kind();
            chosen.add(new Typed(expressions.of(kind, reach, 2), kind));
        }
        return chosen;
    }

    private Query plain(int depth) {
        return selected(relation(depth), depth);
    }

    private Query joined(int depth) {
        return selected(join(depth), depth);
    }

    private Query selected(Relation from, int depth) {
        List<Typed> columns = expressions(from.columns(), 1 + random.nextInt(3));
        if (depth > 0 && chance(8)) {
            columns.set(0, scalar(from.columns()));
        }
        return new Query("SELECT " + select(columns) + " FROM " + from.sql() + where(from, depth), kinds(columns));
    }

    private String where(Relation from, int depth) {
        if (chance(3)) {
            return "";
        }
        String condition =
                depth > 0 && chance(3) ? subCondition(from.columns()) : expressions.condition(from.columns(), 2);
        return " WHERE " + condition;
    }

    private Query distinct(int depth) {
        Relation from = relation(depth);
        List<Typed> columns = expressions(from.columns(), 1 + random.nextInt(2));
        return new Query(
                "SELECT DISTINCT " + select(columns) + " FROM " + from.sql() + where(from, depth), kinds(columns));
    }

    // Groups ---------------------------------------------------------------------------------------------------------

    private Query grouped(int depth) {
        Relation from = chance(3) ? join(depth) : relation(depth);
        List<Typed> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Kind kind = expressions.kind();
            String column = expressions.column(kind, from.columns());
            boolean stored =
                    from.columns().stream().anyMatch(typed -> typed.sql().equals(column));
            if (stored && keys.stream().noneMatch(key -> key.sql().equals(column))) {
                keys.add(new Typed(column, kind));
            }
        }
        List<Typed> columns = new ArrayList<>(keys);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            columns.add(aggregate(from.columns()));
        }
        String having = chance(4) ? " HAVING " + aggregate(from.columns()).sql() + " IS NOT NULL" : "";
        if (chance(4)) {
            having = " HAVING COUNT(*) " + expressions.one(List.of(">", "<", "<>")) + " " + (1 + random.nextInt(3));
        }
        return new Query(
                "SELECT " + select(columns) + " FROM " + from.sql() + where(from, depth) + groupBy(keys) + having,
                kinds(columns));
    }

    private String groupBy(List<Typed> keys) {
        if (keys.isEmpty()) {
            return "";
        }
        String list = keys.stream().map(Typed::sql).collect(Collectors.joining(", "));
        if (!chance(4)) {
            return " GROUP BY " + list;
        }
        return expressions.one(List.of(
                " GROUP BY ROLLUP(" + list + ")",
                " GROUP BY CUBE(" + list + ")",
                " GROUP BY GROUPING SETS((" + list + "), (" + keys.get(0).sql() + "), ())"));
    }

    private Typed aggregate(List<Typed> reach) {
        String distinct = chance(4) ? "DISTINCT " : "";
        String filter = chance(5) ? " FILTER (WHERE " + expressions.condition(reach, 1) + ")" : "";
        Kind kind = expressions.kind();
        String argument = expressions.of(kind, reach, 1);
        if (kind != Kind.TRUTH && chance(3)) {
            return new Typed((random.nextBoolean() ? "MIN(" : "MAX(") + argument + ")" + filter, kind);
        }
        if ((kind == Kind.NUMBER || kind == Kind.DECIMAL || kind == Kind.DOUBLE) && chance(2)) {
            return new Typed("SUM(" + distinct + argument + ")" + filter, kind);
        }
        if ((kind == Kind.NUMBER || kind == Kind.DOUBLE) && chance(2)) {
            return new Typed("AVG(" + distinct + argument + ")" + filter, Kind.DOUBLE);
        }
        return new Typed(chance(2) ? "COUNT(*)" + filter : "COUNT(" + distinct + argument + ")" + filter, Kind.NUMBER);
    }

    // Set operations -------------------------------------------------------------------------------------------------

    private Query combined(int depth) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            kinds.add(expressions.kind());
        }
        String operation =
                expressions.one(List.of("UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"));
        return new Query(branch(kinds, depth) + " " + operation + " " + branch(kinds, depth), kinds);
    }

    private String branch(List<Kind> kinds, int depth) {
        Relation from = relation(Math.min(depth, 1));
        List<Typed> columns = new ArrayList<>();
        for (Kind kind : kinds) {
            String value = expressions.of(kind, from.columns(), 1);
            columns.add(new Typed("CAST(" + value + " AS " + type(kind) + ")", kind));
        }
        return "SELECT " + select(columns) + " FROM " + from.sql() + where(from, 0);
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case NUMBER -> "BIGINT";
            case TEXT -> "VARCHAR";
            case TRUTH -> "BOOLEAN";
            case DECIMAL -> "DECIMAL(18, 2)";
            case DOUBLE -> "DOUBLE";
        };
    }

    // Order ----------------------------------------------------------------------------------------------------------

    /** An order by all columns, in which equal rows only are neighbours without an order. */
    private String totalOrder(List<String> columns) {
        List<String> shuffled = new ArrayList<>(columns);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .map(column -> column
                        + (random.nextBoolean() ? " DESC" : "")
                        + (random.nextBoolean() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(Query query) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < query.kinds().size(); i++) {
            names.add("c" + i);
        }
        return names;
    }

    private Query ranked(int depth) {
        Query inner = selected(relation(depth), 0);
        String offset = chance(3) ? " OFFSET " + random.nextInt(4) : "";
        String limited =
                inner.sql() + " ORDER BY " + totalOrder(names(inner)) + " LIMIT " + (1 + random.nextInt(6)) + offset;
        return new Query("SELECT * FROM (" + limited + ") AS t" + aliases++, inner.kinds());
    }

    private Query windowed(int depth) {
        Relation from = relation(depth);
        List<Typed> columns = expressions(from.columns(), 1);
        columns.add(window(from.columns()));
        return new Query("SELECT " + select(columns) + " FROM " + from.sql() + where(from, 0), kinds(columns));
    }

    private Typed window(List<Typed> reach) {
        String partition = chance(2) ? "PARTITION BY " + expressions.column(expressions.kind(), reach) + " " : "";
        String all = "ORDER BY " + totalOrder(reach.stream().map(Typed::sql).toList());
        String some = "ORDER BY " + totalOrder(List.of(expressions.column(Kind.NUMBER, reach)));
        Typed value = expressions(reach, 1).get(0);
        return switch (random.nextInt(8)) {
            case 0 -> new Typed("ROW_NUMBER() OVER (" + partition + all + ")", Kind.NUMBER);
            case 1 -> new Typed("RANK() OVER (" + partition + some + ")", Kind.NUMBER);
            case 2 -> new Typed("DENSE_RANK() OVER (" + partition + some + ")", Kind.NUMBER);
            case 3 -> new Typed("COUNT(*) OVER (" + partition + ")", Kind.NUMBER);
            case 4 -> new Typed("LAG(" + value.sql() + ") OVER (" + partition + all + ")", value.kind());
            case 5 ->
                new Typed(
                        "SUM(" + expressions.column(Kind.NUMBER, reach) + ") OVER (" + partition + some + ")",
                        Kind.NUMBER);
            case 6 ->
                new Typed(
                        "SUM(" + expressions.column(Kind.NUMBER, reach) + ") OVER (" + partition + all
                                + " ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)",
                        Kind.NUMBER);
            default -> new Typed("FIRST_VALUE(" + value.sql() + ") OVER (" + partition + all + ")", value.kind());
        };
    }

    // Relations ------------------------------------------------------------------------------------------------------

    private Relation relation(int depth) {
        if (depth > 0 && chance(4)) {
            return join(depth);
        }
        if (depth > 0 && chance(3)) {
            return derived(query(depth - 1));
        }
        return table();
    }

    private Relation table() {
        String alias = "t" + aliases++;
        return new Relation(expressions.one(World.TABLES) + " AS " + alias, columns(alias), false);
    }

    private static List<Typed> columns(String alias) {
        return STORED.stream()
                .map(column -> new Typed(alias + "." + column.sql(), column.kind()))
                .toList();
    }

    private Relation derived(Query query) {
        String alias = "t" + aliases++;
        List<Typed> columns = new ArrayList<>();
        for (int i = 0; i < query.kinds().size(); i++) {
            columns.add(new Typed(alias + ".c" + i, query.kinds().get(i)));
        }
        return new Relation("(" + query.sql() + ") AS " + alias, columns, false);
    }

    private Relation join(int depth) {
        Relation left = relation(depth - 1);
        if (chance(8)) {
            return lateral(left);
        }
        Relation right = relation(depth - 1);
        List<Typed> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        if (chance(10)) {
            return new Relation(left.sql() + " CROSS JOIN " + right.nested(), both, true);
        }
        String kind = expressions.one(List.of("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        Kind of = expressions.kind();
        String equal = expressions.column(of, left.columns())
                + (chance(8) ? " IS NOT DISTINCT FROM " : " = ")
                + expressions.column(of, right.columns());
        String condition = chance(3) ? equal + " AND " + expressions.condition(both, 1) : equal;
        if (chance(8)) {
            condition = expressions.condition(both, 1);
        }
        return new Relation(left.sql() + " " + kind + " " + right.nested() + " ON " + condition, both, true);
    }

    private Relation lateral(Relation left) {
        Relation inner = table();
        List<Typed> columns = expressions(inner.columns(), 2);
        String sql = "SELECT " + select(columns) + " FROM " + inner.sql() + " WHERE "
                + correlation(inner.columns(), left.columns());
        Relation right = derived(new Query(sql, kinds(columns)));
        List<Typed> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        return chance(2)
                ? new Relation(left.sql() + " CROSS JOIN LATERAL " + right.sql(), both, true)
                : new Relation(left.sql() + " LEFT JOIN LATERAL " + right.sql() + " ON TRUE", both, true);
    }

    private Query common(int depth) {
        Query shared = query(Math.max(0, depth - 1));
        String name = "w" + aliases++;
        List<Typed> columns = new ArrayList<>();
        List<String> from = new ArrayList<>();
        for (int use = 0; use < 2; use++) {
            String alias = "t" + aliases++;
            from.add(name + " AS " + alias);
            for (int i = 0; i < shared.kinds().size(); i++) {
                columns.add(new Typed(alias + ".c" + i, shared.kinds().get(i)));
            }
        }
        int half = columns.size() / 2;
        List<Typed> chosen = expressions(columns, 2);
        return new Query(
                "WITH " + name + " AS (" + shared.sql() + ") SELECT " + select(chosen) + " FROM "
                        + String.join(" JOIN ", from) + " ON "
                        + columns.get(0).sql() + " = " + columns.get(half).sql(),
                kinds(chosen));
    }

    // Sub-queries ----------------------------------------------------------------------------------------------------

    private String correlation(List<Typed> inner, List<Typed> outer) {
        Kind kind = expressions.kind();
        String equal = expressions.column(kind, inner) + " = " + expressions.column(kind, outer);
        if (chance(4)) {
            equal = expressions.column(kind, inner) + " < " + expressions.column(kind, outer);
        }
        return chance(3) ? equal + " AND " + expressions.condition(inner, 1) : equal;
    }

    /** A sub-query that has one row. */
    private Typed scalar(List<Typed> outer) {
        Relation inner = table();
        Typed value = aggregate(inner.columns());
        String where = chance(3) ? "" : " WHERE " + correlation(inner.columns(), outer);
        return new Typed("(SELECT " + value.sql() + " FROM " + inner.sql() + where + ")", value.kind());
    }

    private String subCondition(List<Typed> outer) {
        Relation inner = table();
        Kind kind = expressions.kind();
        String left = expressions.of(kind, outer, 1);
        String where = chance(2) ? " WHERE " + correlation(inner.columns(), outer) : where(inner, 0);
        String values = "(SELECT " + expressions.of(kind, inner.columns(), 1) + " FROM " + inner.sql() + where + ")";
        return switch (random.nextInt(6)) {
            case 0 -> "EXISTS " + values;
            case 1 -> "NOT EXISTS " + values;
            case 2 -> left + " IN " + values;
            case 3 -> left + " NOT IN " + values;
            case 4 ->
                left + " " + expressions.one(List.of("=", "<>", "<", ">=")) + expressions.one(List.of(" ANY ", " ALL "))
                        + values;
            default -> {
                Typed scalar = scalar(outer);
                yield expressions.of(scalar.kind(), outer, 1) + " <= " + scalar.sql();
            }
        };
    }
}
