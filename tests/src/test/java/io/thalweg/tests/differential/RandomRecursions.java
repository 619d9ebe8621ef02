package io.thalweg.tests.differential;

import java.util.List;
import java.util.Random;

/**
 * Random queries with WITH RECURSIVE: the three tables are graphs with an edge from {@code k} to {@code v} for each row, with
 * circles and edges from and to nowhere. With ALL the depth is bounded.
 */
final class RandomRecursions {
    private final Random random;

    RandomRecursions(Random random) {
        this.random = random;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private String edges() {
        String table = pick(World.TABLES);
        return switch (random.nextInt(4)) {
            case 0 -> "(SELECT CAST(k AS BIGINT) AS k, v, p FROM " + table + " WHERE v <> 2)";
            case 1 ->
                "(SELECT CAST(k AS BIGINT) AS k, v, p FROM " + table
                        + " UNION ALL SELECT v AS k, CAST(k AS BIGINT) AS v, p FROM " + pick(World.TABLES) + ")";
            case 2 -> "(SELECT CAST(k AS BIGINT) AS k, MAX(v) AS v, BOOL_OR(p) AS p FROM " + table + " GROUP BY k)";
            default -> "(SELECT CAST(k AS BIGINT) AS k, v, p FROM " + table + ")";
        };
    }

    private String start() {
        return "SELECT CAST(k AS BIGINT) AS x, 0 AS d FROM " + pick(World.TABLES)
                + (oneIn(2) ? " WHERE p" : oneIn(2) ? " WHERE id < 4" : "");
    }

    /** What follows from the rows of r; with a depth if that has to be bounded. */
    private String next(String depth) {
        String where = " WHERE r.x IS NOT NULL" + (depth.equals("0") ? "" : " AND r.d < 3") + filter();
        return switch (random.nextInt(7)) {
            case 0 -> "SELECT e.v, " + depth + " FROM " + edges() + " AS e JOIN r ON r.x = e.k" + where;
            case 1 -> "SELECT e.v, " + depth + " FROM r LEFT JOIN " + edges() + " AS e ON r.x = e.k AND e.p" + where;
            case 2 ->
                "SELECT e.v, " + depth + " FROM r, " + edges() + " AS e" + where + " AND e.k BETWEEN r.x AND r.x + 1";
            case 3 -> "SELECT DISTINCT e.v, " + depth + " FROM r JOIN " + edges() + " AS e ON r.x = e.k" + where;
            case 4 ->
                "SELECT e.v, " + depth + " FROM r JOIN " + edges() + " AS e ON r.x = e.k JOIN " + edges()
                        + " AS g ON g.v = e.v" + where;
            default -> "SELECT e.v, " + depth + " FROM r JOIN " + edges() + " AS e ON r.x = e.k" + where;
        };
    }

    private String filter() {
        String table = pick(World.TABLES);
        return switch (random.nextInt(5)) {
            case 0 -> " AND NOT EXISTS (SELECT 1 FROM " + table + " AS n WHERE n.k = r.x AND n.p)";
            case 1 -> " AND r.x IN (SELECT CAST(k AS BIGINT) FROM " + table + ")";
            case 2 -> " AND r.x < 4";
            default -> "";
        };
    }

    String next() {
        boolean all = oneIn(3);
        boolean deep = all || oneIn(3);
        String next = next(deep ? "r.d + 1" : "0");
        String with = "WITH RECURSIVE r AS (" + start() + (all ? " UNION ALL " : " UNION ") + next + ") ";
        return with
                + switch (random.nextInt(5)) {
                    case 0 -> "SELECT x AS c0, COUNT(*) AS c1 FROM r GROUP BY x";
                    case 1 -> "SELECT r.x AS c0, s.x AS c1 FROM r JOIN r AS s ON r.d = s.d AND r.x < s.x";
                    case 2 -> "SELECT x AS c0 FROM r WHERE x NOT IN (SELECT x FROM r WHERE d > 1 AND x IS NOT NULL)";
                    default -> "SELECT x AS c0, d AS c1 FROM r";
                };
    }
}
