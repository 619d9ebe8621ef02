package io.thalweg.tests.result;

import java.util.List;

/** The queries whose answers must be the same however they are asked. */
final class QueryShapes {
    private static final String HOP = "TABLE(HOP(TABLE w, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND))";
    /** A row is in the window of ten seconds that tumbles, and in the one that begins five seconds earlier or later. */
    private static final String HOP_ROWS =
            "(SELECT id, k, v, window_start, window_end FROM w UNION ALL SELECT id, k, v,"
                    + " DATEADD(SECOND, CASE WHEN ts < DATEADD(SECOND, 5, window_start) THEN -5 ELSE 5 END, window_start),"
                    + " DATEADD(SECOND, CASE WHEN ts < DATEADD(SECOND, 5, window_start) THEN -5 ELSE 5 END, window_end) FROM w)";

    private static final String SESSION =
            "TABLE(SESSION(TABLE w PARTITION BY k, DESCRIPTOR(ts), INTERVAL '0.7' SECOND))";
    /** A row begins a session if there is none of its key shortly before it. */
    private static final String SESSION_ROWS = "(SELECT id, k, v, MIN(ts) OVER (PARTITION BY k, g) AS window_start,"
            + " DATEADD(MILLISECOND, 700, MAX(ts) OVER (PARTITION BY k, g)) AS window_end FROM"
            + " (SELECT id, k, v, ts, SUM(b) OVER (PARTITION BY k ORDER BY ts) AS g FROM"
            + " (SELECT id, k, v, ts, CASE WHEN DATEDIFF(MILLISECOND,"
            + " LAG(ts) OVER (PARTITION BY k ORDER BY ts, id), ts) < 700 THEN 0 ELSE 1 END AS b FROM w)))";

    private static final String TUMBLE = "TABLE(TUMBLE(TABLE w, DESCRIPTOR(ts), INTERVAL '10' SECOND))";

    static final List<QueryShape> ALL = List.of(
            // Filters and projections.
            QueryShape.same("SELECT * FROM s"),
            QueryShape.same("SELECT id, v + 1 AS a, v * 2 - k AS m FROM s WHERE v > 10"),
            QueryShape.same("SELECT id, CASE WHEN v > 50 THEN 'high' WHEN v IS NULL THEN 'none' ELSE 'low' END AS c"
                    + " FROM s"),
            QueryShape.same("SELECT id FROM s WHERE k IS NULL OR (b AND v < 30)"),
            QueryShape.same("SELECT id, COALESCE(v, -1) AS v, NULLIF(k, 3) AS k FROM s WHERE NOT b OR b IS NULL"),
            QueryShape.same("SELECT id, UPPER(t) AS u, CHAR_LENGTH(t) AS l, t || '!' AS x FROM s WHERE t LIKE 'a%'"),
            QueryShape.same("SELECT id, d * 3 AS d3, d + v AS dv FROM s WHERE d BETWEEN 10 AND 60"),
            QueryShape.same("SELECT id, v / 7 AS q, MOD(v, 7) AS m FROM s WHERE v <> 0"),
            QueryShape.same("SELECT id, k FROM s WHERE k IN (1, 2, 5) AND t NOT IN ('a', 'b')"),
            QueryShape.same("SELECT id, f * 2 AS g, ABS(f) AS a FROM s WHERE f < 1E2"),
            QueryShape.same("SELECT id, CAST(v AS VARCHAR) AS x, CAST(k AS DOUBLE PRECISION) AS y FROM s"),
            QueryShape.same("SELECT id, v IS DISTINCT FROM k AS x, (v > k) IS NOT TRUE AS y FROM s"),
            // Aggregates.
            QueryShape.same("SELECT COUNT(*) AS c FROM s"),
            QueryShape.same("SELECT COUNT(*) AS c, COUNT(v) AS cv, SUM(v) AS sv, MIN(v) AS mi, MAX(v) AS ma FROM s"),
            QueryShape.same("SELECT k, COUNT(*) AS c, SUM(v) AS sv FROM s GROUP BY k"),
            QueryShape.same("SELECT k, b, MIN(d) AS mi, MAX(d) AS ma, SUM(d) AS sd FROM s GROUP BY k, b"),
            new QueryShape(
                    "SELECT k, AVG(v) AS a FROM s GROUP BY k",
                    "SELECT k, CAST(AVG(CAST(v AS DOUBLE PRECISION)) AS DOUBLE PRECISION) AS a FROM s GROUP BY k"),
            QueryShape.same("SELECT t, COUNT(DISTINCT v) AS c, SUM(DISTINCT k) AS sk FROM s GROUP BY t"),
            QueryShape.same("SELECT k, SUM(v) AS sv FROM s GROUP BY k HAVING COUNT(*) > 20 AND SUM(v) > 1000"),
            QueryShape.same("SELECT DISTINCT k, b FROM s"),
            QueryShape.same("SELECT k + 1 AS kk, COUNT(*) AS c FROM s WHERE v > 20 GROUP BY k + 1"),
            QueryShape.same("SELECT k, COUNT(*) FILTER (WHERE b) AS c, SUM(v) FILTER (WHERE t = 'a') AS x FROM s"
                    + " GROUP BY k"),
            new QueryShape(
                    "SELECT SUM(f) AS sf, AVG(f) AS af FROM s",
                    "SELECT SUM(f) AS sf, CAST(AVG(f) AS DOUBLE PRECISION) AS af FROM s"),
            QueryShape.same("SELECT b, MIN(t) AS mi, MAX(t) AS ma FROM s GROUP BY b"),
            new QueryShape(
                    "SELECT k, JSON_ARRAYAGG(v ORDER BY id DESC) AS a, JSON_OBJECTAGG(id: v) AS o FROM s GROUP BY k",
                    "SELECT k, CAST(JSON_ARRAYAGG(v ORDER BY id DESC) AS VARCHAR) AS a, '{' || LISTAGG('\"' || id || '\":'"
                            + " || COALESCE(CAST(v AS VARCHAR), 'null'), ',') WITHIN GROUP (ORDER BY id) || '}' AS o"
                            + " FROM s GROUP BY k"),
            QueryShape.same("SELECT c, COUNT(*) AS n FROM (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS x GROUP BY c"),
            QueryShape.same("SELECT MAX(sv) AS m, MIN(sv) AS n FROM (SELECT k, SUM(v) AS sv FROM s GROUP BY k) AS x"),
            new QueryShape(
                    "SELECT k, b, GROUPING(k, b) AS g, COUNT(*) AS c, MAX(v) AS m FROM s GROUP BY CUBE (k, b)",
                    "SELECT k, b, 0 AS g, COUNT(*) AS c, MAX(v) AS m FROM s GROUP BY k, b UNION ALL"
                            + " SELECT k, NULL, 1, COUNT(*), MAX(v) FROM s GROUP BY k UNION ALL"
                            + " SELECT NULL, b, 2, COUNT(*), MAX(v) FROM s GROUP BY b UNION ALL"
                            + " SELECT NULL, NULL, 3, COUNT(*), MAX(v) FROM s"),
            QueryShape.same("SELECT k, COUNT(DISTINCT v) AS c1, COUNT(DISTINCT v) FILTER (WHERE b) AS c2,"
                    + " COUNT(DISTINCT v) FILTER (WHERE NOT b) AS c3, SUM(DISTINCT v) FILTER (WHERE v > 20) AS s4"
                    + " FROM s GROUP BY k"),
            QueryShape.same("SELECT name, COUNT(DISTINCT n) AS c1, COUNT(DISTINCT n) FILTER (WHERE k > 2) AS c2,"
                    + " COUNT(DISTINCT n) FILTER (WHERE k <= 2) AS c3 FROM p GROUP BY name"),
            // Joins.
            QueryShape.same("SELECT s.id AS a, r.id AS b FROM s JOIN r ON s.k = r.k"),
            QueryShape.same("SELECT s.id AS a, r.id AS b FROM s JOIN r ON s.k = r.k AND s.v > r.u"),
            QueryShape.same("SELECT s.id, p.name FROM s JOIN p ON s.k = p.k"),
            QueryShape.same("SELECT p.name, COUNT(*) AS c, SUM(s.v) AS sv FROM s JOIN p ON s.k = p.k GROUP BY p.name"),
            QueryShape.same("SELECT a.k, b.name FROM p AS a JOIN p AS b ON a.n = b.k"),
            QueryShape.same("SELECT x.u, r.k FROM r, r AS x"),
            QueryShape.same("SELECT s.id, s.v, r.u FROM s, r WHERE s.id = r.id AND r.u > 2"),
            QueryShape.same("SELECT s.id AS a, r.id AS b, p.name FROM s JOIN r ON s.k = r.k JOIN p ON p.k = r.u"
                    + " WHERE s.v < 20"),
            QueryShape.same("SELECT a.k, a.c - b.c AS x FROM (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS a"
                    + " JOIN (SELECT k, COUNT(*) AS c FROM r GROUP BY k) AS b ON a.k = b.k"),
            QueryShape.same("SELECT p.k, x.c FROM p JOIN (SELECT DISTINCT k, b AS c FROM s) AS x ON p.k = x.k"),
            QueryShape.same("SELECT s.id AS a, r.id AS b FROM s LEFT JOIN r ON s.k = r.k"),
            QueryShape.same("SELECT s.id AS a, r.id AS b FROM s LEFT JOIN r ON s.k = r.k AND s.v > r.u"),
            QueryShape.same("SELECT s.id, p.name FROM s LEFT JOIN p ON s.k = p.k WHERE p.k IS NULL OR s.v > 30"),
            QueryShape.same("SELECT p.k, r.id FROM r RIGHT JOIN p ON p.k = r.k AND r.u < 3"),
            QueryShape.same(
                    "SELECT p.k, COUNT(s.id) AS c, SUM(s.v) AS sv FROM p LEFT JOIN s ON s.k = p.k GROUP BY p.k"),
            QueryShape.sameInDuckDb("SELECT a.k AS x, b.k AS y FROM p AS a FULL JOIN p AS b ON a.n = b.k"),
            QueryShape.sameInDuckDb("SELECT s.id AS a, r.id AS b FROM s FULL JOIN r ON s.k = r.k AND s.v < r.u"),
            QueryShape.same("SELECT a.k AS x, b.k AS y, c.k AS z FROM p AS a LEFT JOIN p AS b ON a.n = b.k"
                    + " LEFT JOIN p AS c ON b.n = c.k"),
            QueryShape.same("SELECT p.k, x.c FROM p LEFT JOIN (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS x"
                    + " ON p.k = x.k"),
            // Nearest rows. What is matched is never NULL, which DuckDB takes for the greatest value, and tells rows
            // apart.
            QueryShape.inDuckDb(
                    "SELECT s.id AS a, r.id AS b FROM s ASOF JOIN r MATCH_CONDITION s.id >= r.id ON s.k = r.k",
                    "SELECT s.id AS a, r.id AS b FROM s ASOF JOIN r ON s.k = r.k AND s.id >= r.id"),
            QueryShape.inDuckDb(
                    "SELECT s.id AS a, r.id AS b, r.u FROM s LEFT ASOF JOIN r MATCH_CONDITION s.id < r.id ON s.k = r.k"
                            + " WHERE s.v < 70 AND (r.u IS NULL OR r.u > 2)",
                    "SELECT s.id AS a, r.id AS b, r.u FROM s ASOF LEFT JOIN r ON s.k = r.k AND s.id < r.id"
                            + " WHERE s.v < 70 AND (r.u IS NULL OR r.u > 2)"),
            QueryShape.inDuckDb(
                    "SELECT s.id, x.k, x.name FROM s LEFT ASOF JOIN (SELECT k * 30 AS k, n, name FROM p) AS x"
                            + " MATCH_CONDITION s.id > x.k ON s.k = x.n",
                    "SELECT s.id, x.k, x.name FROM s ASOF LEFT JOIN (SELECT k * 30 AS k, n, name FROM p) AS x"
                            + " ON s.k = x.n AND s.id > x.k"),
            QueryShape.inDuckDb(
                    "SELECT a.k AS x, b.k AS y FROM p AS a ASOF JOIN p AS b MATCH_CONDITION a.k <= b.k ON a.n = b.n",
                    "SELECT a.k AS x, b.k AS y FROM p AS a ASOF JOIN p AS b ON a.n = b.n AND a.k <= b.k"),
            // Tables, unions and what is in both or one only.
            QueryShape.same("SELECT k, v FROM s INTERSECT SELECT k, u FROM r"),
            QueryShape.same("SELECT k FROM s EXCEPT SELECT k FROM p"),
            QueryShape.same("SELECT k FROM p EXCEPT SELECT k FROM r"),
            QueryShape.sameInDuckDb("SELECT k FROM s EXCEPT ALL SELECT k FROM r"),
            QueryShape.sameInDuckDb("SELECT k FROM s INTERSECT ALL SELECT k FROM r"),
            QueryShape.same("SELECT * FROM p"),
            QueryShape.same("SELECT name, SUM(n) AS sn, COUNT(*) AS c FROM p GROUP BY name"),
            QueryShape.same("SELECT id, k FROM s UNION ALL SELECT id, u FROM r"),
            QueryShape.same("SELECT k, COUNT(*) AS c FROM"
                    + " (SELECT k FROM s UNION ALL SELECT k FROM r UNION ALL SELECT k FROM p) AS x GROUP BY k"),
            QueryShape.same("SELECT k FROM s UNION SELECT u FROM r"),
            QueryShape.same("WITH x AS (SELECT k, v FROM s WHERE v > 5) SELECT a.k, a.v, p.n FROM x AS a"
                    + " JOIN p ON a.k = p.k"),
            // The first rows of an order.
            QueryShape.same("SELECT id, k, v FROM s ORDER BY v DESC NULLS LAST, id LIMIT 7"),
            QueryShape.same("SELECT id, v FROM s ORDER BY v NULLS FIRST, id OFFSET 5 ROWS FETCH NEXT 9 ROWS ONLY"),
            QueryShape.same("SELECT id FROM s ORDER BY id OFFSET 30 ROWS"),
            QueryShape.same("SELECT k, name FROM p ORDER BY n DESC NULLS LAST, k LIMIT 3"),
            QueryShape.same("SELECT k, COUNT(*) AS c FROM s GROUP BY k ORDER BY c DESC, k LIMIT 2"),
            QueryShape.same("SELECT p.k, x.id FROM p JOIN (SELECT id, k FROM s ORDER BY id DESC LIMIT 40) AS x"
                    + " ON p.k = x.k"),
            QueryShape.same("SELECT COUNT(*) AS c, SUM(n) AS sn FROM (SELECT n FROM p ORDER BY k OFFSET 2 ROWS) AS x"),
            // Sub-queries.
            QueryShape.same("SELECT id FROM s WHERE k IN (SELECT k FROM r WHERE u > 2)"),
            QueryShape.same("SELECT id FROM s WHERE k NOT IN (SELECT n FROM p WHERE n IS NOT NULL)"),
            QueryShape.same("SELECT id, k NOT IN (SELECT n FROM p) AS x, v > ANY (SELECT u FROM r) AS y FROM s"),
            QueryShape.same("SELECT id FROM s WHERE EXISTS (SELECT 1 FROM r WHERE r.k = s.k AND r.u > s.v)"),
            QueryShape.same("SELECT id FROM s WHERE b OR NOT EXISTS (SELECT 1 FROM p WHERE p.k = s.k AND p.n < s.v)"),
            QueryShape.same("SELECT id, (SELECT COUNT(*) FROM r WHERE r.k = s.k) AS c,"
                    + " (SELECT MAX(u) FROM r WHERE r.k < s.k) AS m FROM s"),
            QueryShape.same("SELECT id, (SELECT name FROM p WHERE p.k = s.k) AS name FROM s"),
            QueryShape.same("SELECT id FROM s WHERE v >= ALL (SELECT x.v FROM s AS x WHERE x.k = s.k)"),
            QueryShape.same("SELECT k, COUNT(*) AS c FROM s GROUP BY k"
                    + " HAVING COUNT(*) > (SELECT COUNT(*) FROM r WHERE r.k = s.k)"),
            QueryShape.same("SELECT p.k FROM p WHERE EXISTS (SELECT 1 FROM s WHERE s.k = p.k"
                    + " AND s.v = (SELECT MAX(r.u) FROM r WHERE r.k = p.k))"),
            QueryShape.sameInDuckDb("SELECT p.k, x.c FROM p LEFT JOIN LATERAL"
                    + " (SELECT COUNT(*) AS c FROM s WHERE s.k = p.k GROUP BY s.b) AS x ON TRUE"),
            QueryShape.same(
                    "SELECT p.k, (SELECT s.id FROM s WHERE s.k = p.k ORDER BY s.v NULLS LAST, s.id LIMIT 1) AS f,"
                            + " (SELECT s.v FROM s WHERE s.k = p.k ORDER BY s.id DESC OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY) AS g FROM p"),
            QueryShape.sameInDuckDb("SELECT p.k, x.id, x.v FROM p, LATERAL (SELECT id, v FROM s WHERE s.k = p.k"
                    + " ORDER BY s.v DESC NULLS LAST, s.id LIMIT 3) AS x"),
            QueryShape.sameInDuckDb("SELECT p.k, x.id, x.n FROM p LEFT JOIN LATERAL (SELECT id, ROW_NUMBER() OVER"
                    + " (PARTITION BY b ORDER BY id) AS n FROM s WHERE s.k = p.k AND s.v < p.n) AS x ON TRUE"),
            QueryShape.sameInDuckDb(
                    "WITH RECURSIVE x AS (SELECT k AS n FROM p UNION SELECT s.v FROM x JOIN s ON s.k = x.n)"
                            + " SELECT n FROM x"),
            QueryShape.sameInDuckDb("WITH RECURSIVE x AS (SELECT n, 0 AS d FROM p UNION ALL SELECT p.n, x.d + 1 FROM x"
                    + " JOIN p ON p.k = x.n WHERE x.d < 4) SELECT d, COUNT(*) AS c FROM x GROUP BY d"),
            // Rows to columns and back.
            new QueryShape(
                    "SELECT * FROM (SELECT k, b, v FROM s) PIVOT (SUM(v) AS sv, COUNT(*) AS c FOR b IN (TRUE AS t, FALSE AS f))",
                    "SELECT k, SUM(v) FILTER (WHERE b) AS t_sv, COUNT(*) FILTER (WHERE b) AS t_c, SUM(v) FILTER (WHERE NOT b)"
                            + " AS f_sv, COUNT(*) FILTER (WHERE NOT b) AS f_c FROM s GROUP BY k"),
            new QueryShape(
                    "SELECT * FROM (SELECT k, n, CAST(k AS BIGINT) + 1 AS m FROM p) UNPIVOT (x FOR w IN (n AS 'n', m AS 'm'))",
                    "SELECT k, 'n' AS w, n AS x FROM p WHERE n IS NOT NULL UNION ALL SELECT k, 'm', CAST(k AS BIGINT) + 1 FROM p"),
            // Ranks that are bounded.
            QueryShape.same("SELECT id, k, v FROM (SELECT id, k, v, ROW_NUMBER() OVER (PARTITION BY k"
                    + " ORDER BY v DESC NULLS LAST, id) AS n FROM s) AS x WHERE n <= 3"),
            QueryShape.same("SELECT id, n FROM (SELECT id, RANK() OVER (PARTITION BY t ORDER BY v NULLS FIRST) AS n"
                    + " FROM s) AS x WHERE n BETWEEN 2 AND 5"),
            QueryShape.same("SELECT id, k FROM s WHERE v > 3 QUALIFY DENSE_RANK() OVER (PARTITION BY b ORDER BY k"
                    + " NULLS LAST) < 3"),
            QueryShape.same("SELECT name, k FROM p QUALIFY ROW_NUMBER() OVER (PARTITION BY name ORDER BY n DESC"
                    + " NULLS LAST, k) = 1"),
            QueryShape.same("SELECT k, c, n FROM (SELECT k, c, RANK() OVER (ORDER BY c DESC) AS n FROM"
                    + " (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS y) AS x WHERE n <= 4"),
            // Window functions.
            QueryShape.same("SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY id) AS sv, COUNT(*) OVER (PARTITION BY t)"
                    + " AS c FROM s"),
            QueryShape.same("SELECT id, ROW_NUMBER() OVER (PARTITION BY k ORDER BY id) AS n, RANK() OVER (ORDER BY v"
                    + " NULLS FIRST) AS r, DENSE_RANK() OVER (ORDER BY v DESC NULLS LAST) AS d FROM s"),
            QueryShape.same("SELECT id, LAG(v, 2) OVER (PARTITION BY k ORDER BY id) AS a, LEAD(v) IGNORE NULLS OVER"
                    + " (PARTITION BY k ORDER BY id) AS b FROM s"),
            QueryShape.same("SELECT id, MIN(v) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING) AS mi,"
                    + " MAX(d) OVER (PARTITION BY b ORDER BY id ROWS 5 PRECEDING) AS ma FROM s"),
            QueryShape.same(
                    "SELECT id, SUM(v) OVER (PARTITION BY b ORDER BY v NULLS LAST RANGE BETWEEN 5 PRECEDING AND 3"
                            + " FOLLOWING) AS sv, COUNT(v) OVER (ORDER BY d NULLS FIRST RANGE 2.5 PRECEDING) AS c FROM s"),
            QueryShape.same("SELECT id, FIRST_VALUE(v) IGNORE NULLS OVER (PARTITION BY k ORDER BY id) AS f,"
                    + " LAST_VALUE(t) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
                    + " AS l, NTH_VALUE(d, 2) OVER (PARTITION BY k ORDER BY id) AS n FROM s"),
            QueryShape.same(
                    "SELECT id, NTILE(5) OVER (PARTITION BY b ORDER BY id) AS n, PERCENT_RANK() OVER (ORDER BY k"
                            + " NULLS LAST) AS p, CUME_DIST() OVER (ORDER BY k NULLS LAST) AS c FROM s"),
            QueryShape.same(
                    "SELECT id, SUM(v) OVER (ORDER BY k NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT"
                            + " ROW EXCLUDE GROUP) AS a, COUNT(*) OVER (PARTITION BY t ORDER BY k NULLS LAST ROWS BETWEEN 4"
                            + " PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW) AS b FROM (SELECT DISTINCT id, k, v, t FROM s) AS x"
                            + " WHERE v > 90"),
            QueryShape.same("SELECT k, n, SUM(n) OVER (ORDER BY k) AS sn, LAG(name) OVER (ORDER BY k) AS p FROM p"),
            QueryShape.same("SELECT k, c, SUM(c) OVER (ORDER BY k NULLS LAST) AS sc FROM"
                    + " (SELECT k, COUNT(*) AS c FROM s GROUP BY k) AS x"),
            QueryShape.same("SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY id ROWS UNBOUNDED PRECEDING) AS sv FROM s"
                    + " QUALIFY SUM(v) OVER (PARTITION BY k ORDER BY id ROWS UNBOUNDED PRECEDING) > 400"),
            QueryShape.same("SELECT id, COUNT(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '7' SECOND"
                    + " PRECEDING AND INTERVAL '1' SECOND FOLLOWING) AS c FROM w"),
            QueryShape.same("SELECT id, COUNT(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' MONTH"
                    + " PRECEDING AND CURRENT ROW) AS c FROM w"),
            // Event time.
            QueryShape.same("SELECT id, v FROM w"),
            new QueryShape("SELECT id, k FROM w$late", "SELECT id, k FROM w_late"),
            QueryShape.windowed("SELECT window_start, window_end, COUNT(*) AS c, SUM(v) AS sv FROM " + TUMBLE
                    + " GROUP BY window_start, window_end"),
            QueryShape.windowed("SELECT k, window_end, MAX(v) AS m FROM " + TUMBLE
                    + " GROUP BY k, window_start, window_end HAVING COUNT(*) > 1"),
            QueryShape.windowed("SELECT id, window_start FROM " + TUMBLE + " WHERE v > 30"),
            new QueryShape(
                    "SELECT TUMBLE_END(ts, INTERVAL '10' SECOND) AS window_end, k, COUNT(*) AS c FROM w"
                            + " GROUP BY TUMBLE(ts, INTERVAL '10' SECOND), k",
                    "SELECT window_end, k, COUNT(*) AS c FROM w GROUP BY window_end, k"),
            QueryShape.over(
                    HOP,
                    HOP_ROWS,
                    "SELECT window_start, window_end, COUNT(*) AS c, SUM(v) AS sv FROM $windows"
                            + " AS x GROUP BY window_start, window_end"),
            QueryShape.over(HOP, HOP_ROWS, "SELECT id, window_end FROM $windows AS x WHERE v > 30"),
            QueryShape.over(
                    HOP,
                    HOP_ROWS,
                    "SELECT a.window_end, a.k, a.c FROM (SELECT window_end, k, COUNT(*) AS c FROM $windows AS x"
                            + " GROUP BY window_end, k) AS a JOIN (SELECT window_end, MAX(c) AS m FROM (SELECT window_end, k,"
                            + " COUNT(*) AS c FROM $windows AS x GROUP BY window_end, k) AS y GROUP BY window_end) AS b"
                            + " ON a.window_end = b.window_end AND a.c = b.m WHERE a.c > 0"),
            QueryShape.over(
                    SESSION,
                    SESSION_ROWS,
                    "SELECT k, window_start, window_end, COUNT(*) AS c, MAX(v) AS m"
                            + " FROM $windows AS x GROUP BY k, window_start, window_end"),
            QueryShape.over(
                    SESSION, SESSION_ROWS, "SELECT id, window_start, window_end FROM $windows AS x WHERE v > 30"),
            new QueryShape(
                    "SELECT k, SESSION_END(ts, INTERVAL '0.7' SECOND) AS window_end, SUM(v) AS sv FROM w"
                            + " GROUP BY k, SESSION(ts, INTERVAL '0.7' SECOND)",
                    "SELECT k, window_end, SUM(v) AS sv FROM " + SESSION_ROWS
                            + " AS x GROUP BY k, window_start, window_end"),
            QueryShape.windowed("SELECT x.window_end, p.name, COUNT(*) AS c FROM " + TUMBLE
                    + " AS x JOIN p ON x.k = p.k GROUP BY x.window_start, x.window_end, p.name"));

    private QueryShapes() {}
}
