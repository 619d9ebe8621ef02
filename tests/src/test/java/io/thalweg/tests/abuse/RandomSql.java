package io.thalweg.tests.abuse;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Statements that are well-formed and ask for everything at once: any function with any argument, literals at the ends of
 * what a type can hold, clauses in any combination. Half of them mostly have the types that their functions want.
 *
 * <p>In a template {@code #N}, {@code #T}, {@code #B}, {@code #M} and {@code #A} stand for a number, a text, a BOOLEAN, a
 * moment and anything.
 */
final class RandomSql {
    private static final int MAX_DEPTH = 3;
    private static final String KINDS = "NTBM";

    private static final Map<Character, List<String>> LITERALS = Map.of(
            'N',
            List.of(("0 1 -1 127 128 32768 2147483647 2147483648 -9223372036854775808 9223372036854775807"
                            + " 9223372036854775808 99999999999999999999999999999999999999 1e400 1E-400 1e308 -1e308"
                            + " 4.9E-324 -0 -0.0 -0e0 0.00000000000000000000000000000000000001 1.5"
                            + " 12345678901234567.89")
                    .split(" ")),
            'T',
            List.of(
                    "''",
                    "' '",
                    "'a'",
                    "'%'",
                    "'_'",
                    "'\\'",
                    "'𝄞😀'",
                    "'Ä'",
                    "'0000-01-01'",
                    "'9999-12-31'",
                    "'1e400'",
                    "'NaN'",
                    "'Infinity'",
                    "'{\"a\": [1, null]}'",
                    "'[[[['",
                    "'(a+)+$'",
                    "'yyyy-MM-dd'",
                    "'%Y'",
                    "'UTC'",
                    "'P1D'",
                    "'2026-02-30 25:00:00'",
                    "REPEAT('ab', 1000)",
                    "'null'",
                    "'true'",
                    "'$.a[0]'"),
            'B',
            List.of("TRUE", "FALSE", "NULL", "CAST(NULL AS BOOLEAN)"),
            'M',
            List.of(
                    "DATE '0001-01-01'",
                    "DATE '9999-12-31'",
                    "DATE '0000-01-01'",
                    "DATE '2026-02-29'",
                    "TIMESTAMP '9999-12-31 23:59:59.999999'",
                    "TIMESTAMP '0001-01-01 00:00:00'",
                    "TIMESTAMP '2026-01-31 10:00:00.5'",
                    "TIME '23:59:59.999999'",
                    "TIME '00:00:00'",
                    "INTERVAL '999' MONTH",
                    "INTERVAL '99999' DAY",
                    "INTERVAL '-1' SECOND",
                    "CURRENT_TIMESTAMP",
                    "CURRENT_DATE",
                    "NOW()"));
    private static final List<String> ODDITIES = List.of(
            "NULL",
            "X''",
            "X'00FF'",
            "ARRAY[1, 2]",
            "ARRAY[#A, #A]",
            "MAP['a', #A]",
            "ROW(#A, 'x')",
            "?",
            "(SELECT #A FROM s LIMIT 1)",
            "(SELECT MAX(#A) FROM p)",
            "EXISTS (SELECT 1 FROM p WHERE p.k = s.k)",
            "#A IN (SELECT #A FROM p)",
            "#A NOT IN (SELECT k FROM p)",
            "#A = ANY (SELECT #A FROM p)",
            "#A <= ALL (SELECT k FROM p)",
            "ROW_NUMBER() OVER (PARTITION BY #A ORDER BY #A)",
            "SUM(#N) OVER (ORDER BY #A ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
            "LAG(#A, #N) OVER (ORDER BY #A)",
            "RANK() OVER (ORDER BY #A DESC NULLS FIRST)",
            "COUNT(*) FILTER (WHERE #B)",
            "CAST(#A AS ARRAY<INT>)",
            "(#A)[#N]",
            "GROUPING(k)",
            "CARDINALITY(#A)",
            "JSON_VALUE(#T, '$.a')");
    private static final Map<Character, List<String>> COLUMNS = Map.of(
            'N',
            List.of("s.id", "s.k", "s.v"),
            'T',
            List.of("s.t"),
            'B',
            List.of("(s.k IS NULL)"),
            'M',
            List.of("s.ts"));
    private static final Map<Character, List<String>> CALLS = Map.of(
            'N',
            List.of(
                    "#N + #N",
                    "#N - #N",
                    "#N * #N",
                    "#N / #N",
                    "#N % #N",
                    "(- #N)",
                    "CASE WHEN #B THEN #N ELSE #N END",
                    "CAST(#A AS BIGINT)",
                    "CAST(#N AS DECIMAL(38, 10))",
                    "CAST(#N AS TINYINT)",
                    "CAST(#N AS REAL)",
                    "TRY_CAST(#T AS DOUBLE)",
                    "ROUND(#N, #N)",
                    "POWER(#N, #N)",
                    "EXP(#N)",
                    "LN(#N)",
                    "SQRT(#N)",
                    "GREATEST(#N, #N)",
                    "FLOOR(#N)",
                    "CHAR_LENGTH(#T)",
                    "TIMESTAMPDIFF(DAY, #M, #M)",
                    "ATAN2(#N, #N)",
                    "TRUNCATE(#N, #N)",
                    "ASCII(#T)",
                    "COALESCE(#N, #N)",
                    "UNIX_MILLIS(#M)",
                    "EXTRACT(YEAR FROM #M)",
                    "POSITION(#T IN #T)"),
            'T',
            List.of(
                    "#T || #T",
                    "CAST(#A AS VARCHAR)",
                    "CAST(#T AS CHAR(3))",
                    "UPPER(#T)",
                    "LPAD(#T, #N, #T)",
                    "REPEAT(#T, #N)",
                    "SPLIT_PART(#T, #T, #N)",
                    "REPLACE(#T, #T, #T)",
                    "LEFT(#T, #N)",
                    "DATE_FORMAT(#M, #T)",
                    "CHR(#N)",
                    "CONCAT(#T, #T)",
                    "NULLIF(#T, #T)",
                    "REVERSE(#T)",
                    "SPLIT_INDEX(#T, #T, #N)",
                    "INITCAP(#T)",
                    "SUBSTRING(#T FROM #N FOR #N)",
                    "TRIM(BOTH #T FROM #T)",
                    "OVERLAY(#T PLACING #T FROM #N)",
                    "CASE #A WHEN #A THEN #T END",
                    "CAST(#M AS VARCHAR)"),
            'B',
            List.of(
                    "#A = #A",
                    "#N < #N",
                    "#T >= #T",
                    "#M <> #M",
                    "#B AND #B",
                    "#B OR #B",
                    "NOT #B",
                    "#A IS NULL",
                    "#T LIKE #T",
                    "#T NOT LIKE #T ESCAPE #T",
                    "#A IN (#A, #A, #A)",
                    "#A BETWEEN #A AND #A",
                    "#B IS NOT TRUE",
                    "STARTS_WITH(#T, #T)",
                    "CONTAINS(#T, #T)",
                    "#A IS DISTINCT FROM #A"),
            'M',
            List.of(
                    "#M + INTERVAL '1' MONTH",
                    "#M - INTERVAL '99999' DAY",
                    "CAST(#T AS TIMESTAMP)",
                    "CAST(#T AS DATE)",
                    "CAST(#M AS TIMESTAMP(6))",
                    "DATE_TRUNC('month', #M)",
                    "TO_TIMESTAMP(#T, #T)",
                    "TIMESTAMP_MILLIS(CAST(#N AS BIGINT))",
                    "LEAST(#M, #M)",
                    "FLOOR(#M TO MONTH)",
                    "CEIL(#M TO YEAR)",
                    "TIMESTAMPADD(YEAR, #N, #M)",
                    "#M + #N * INTERVAL '1' SECOND",
                    "CAST(#M AS TIMESTAMP WITH LOCAL TIME ZONE)"));
    private static final List<String> AGGREGATES = List.of(
            "COUNT(#A)",
            "SUM(#N)",
            "AVG(#N)",
            "MIN(#A)",
            "MAX(#A)",
            "COUNT(DISTINCT #A)",
            "SUM(DISTINCT #N)",
            "COUNT(*) FILTER (WHERE #B)",
            "SUM(#N) / COUNT(#A)",
            "k",
            "GROUPING(k)",
            "STDDEV_POP(#N)",
            "LISTAGG(#T, #T)",
            "ARRAY_AGG(#A)",
            "ANY_VALUE(#A)",
            "EVERY(#B)",
            "PERCENTILE_CONT(#N) WITHIN GROUP (ORDER BY #N)");
    private static final List<String> SOURCES = List.of(
            "s",
            "s",
            "s",
            "s$late AS s",
            "s JOIN p ON s.k = p.k",
            "s LEFT JOIN p ON #B",
            "s FULL JOIN p ON s.k = p.k AND #B",
            "s CROSS JOIN p",
            "s, LATERAL (SELECT #A AS x FROM p WHERE p.k = s.k) AS l",
            "(SELECT * FROM s WHERE #B) AS s",
            "(SELECT * FROM s ORDER BY #A LIMIT 2) AS s",
            "s CROSS JOIN UNNEST(ARRAY[#A, #A]) AS u (e)",
            "TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' SECOND)) AS s",
            "TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '5' SECOND)) AS s",
            "TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' SECOND)) AS s",
            "(VALUES (1, 2, 3, 'a', TIMESTAMP '2026-01-01 00:00:00')) AS s (id, k, v, t, ts)",
            "(SELECT s.*, m.n FROM s LEFT JOIN m ON s.k = m.k) AS s");
    private static final List<String> GROUPS = List.of(
            "",
            "",
            "",
            " GROUP BY #A",
            " GROUP BY #A, #A",
            " GROUP BY ROLLUP(k, v)",
            " GROUP BY GROUPING SETS ((k), ())",
            " GROUP BY CUBE(k, #A)",
            " GROUP BY k HAVING #B",
            " GROUP BY ()");
    private static final List<String> TAILS = List.of(
            "",
            "",
            "",
            "",
            " ORDER BY 1",
            " ORDER BY #A DESC NULLS LAST LIMIT 3",
            " LIMIT 0",
            " OFFSET 9223372036854775807",
            " UNION SELECT #A",
            " UNION ALL SELECT #A FROM p",
            " EXCEPT ALL SELECT #A FROM s",
            " INTERSECT SELECT k FROM p",
            " FETCH FIRST 2 ROWS ONLY");
    private static final List<String> FRAMES = List.of(
            "#S",
            "#S",
            "#S",
            "#S",
            "#S",
            "#S",
            "EXPLAIN #S",
            "EXPLAIN STATE #S",
            "WITH w AS (#S) SELECT * FROM w",
            "WITH RECURSIVE w (n) AS (SELECT 1 UNION SELECT n + #N FROM w WHERE n < 5) SELECT * FROM w",
            "INSERT INTO s (id, k, v, t, ts) VALUES (#N, #N, #N, #T, #M)",
            "INSERT INTO p SELECT #N, #T FROM s",
            "UPDATE s SET name = #T WHERE #B",
            "DELETE FROM s WHERE #B",
            "CREATE OR REPLACE VIEW plain2 AS #S",
            "EXPLAIN #S EMIT CHANGES",
            "EXPLAIN #S EMIT FINAL");

    private final Random random;
    private final List<String> functions;
    private boolean typed;
    private int maxDepth;
    private int depth;

    /** @param functions the names of all functions there are */
    RandomSql(Random random, List<String> functions) {
        this.random = random;
        this.functions = functions;
    }

    String next() {
        typed = random.nextBoolean();
        depth = 0;
        maxDepth = random.nextInt(MAX_DEPTH + 1);
        String frame = pick(FRAMES);
        String statement = filled(frame);
        return frame.startsWith("UPDATE") || frame.startsWith("DELETE") ? ofTable(statement) : statement;
    }

    /** The same with the columns of the table, which has no others. */
    private static String ofTable(String statement) {
        return statement
                .replace("UPDATE s", "UPDATE p")
                .replace("DELETE FROM s", "DELETE FROM p")
                .replace("s.ts", "CURRENT_TIMESTAMP")
                .replace("s.t", "name")
                .replaceAll("\\bs\\.(id|k|v)\\b", "k");
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String select() {
        StringBuilder list = new StringBuilder(random.nextInt(8) == 0 ? "DISTINCT " : "");
        boolean grouped = random.nextInt(4) == 0;
        for (int i = random.nextInt(3); i >= 0; i--) {
            list.append(grouped ? filled(pick(AGGREGATES)) : expression('A')).append(i == 0 ? "" : ", ");
        }
        String where = random.nextBoolean() ? " WHERE " + expression('B') : "";
        return "SELECT " + list + " FROM " + filled(pick(SOURCES)) + where + (grouped ? filled(pick(GROUPS)) : "")
                + filled(pick(TAILS));
    }

    private String expression(char wanted) {
        boolean any = wanted == 'A' || !typed && random.nextInt(3) == 0 || random.nextInt(30) == 0;
        char kind = any ? KINDS.charAt(random.nextInt(KINDS.length())) : wanted;
        if (depth >= maxDepth || random.nextInt(3) == 0) {
            return pick((random.nextBoolean() ? LITERALS : COLUMNS).get(kind));
        }
        depth++;
        String call = switch (random.nextInt(6)) {
            case 0, 1 -> function(kind);
            case 2 -> typed && random.nextInt(3) > 0 ? filled(pick(CALLS.get(kind))) : filled(pick(ODDITIES));
            default -> filled(pick(CALLS.get(kind)));
        };
        depth--;
        return "(" + call + ")";
    }

    private String function(char kind) {
        StringBuilder call = new StringBuilder(pick(functions)).append('(');
        int arguments = random.nextInt(8) == 0 ? random.nextInt(7) : 1 + random.nextInt(3);
        for (int i = 0; i < arguments; i++) {
            call.append(i == 0 ? "" : ", ").append(expression(typed && random.nextBoolean() ? kind : 'A'));
        }
        return call.append(')').toString();
    }

    private String filled(String template) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) == '#') {
                char what = template.charAt(++i);
                result.append(what == 'S' ? select() : expression(what));
            } else {
                result.append(template.charAt(i));
            }
        }
        return result.toString();
    }
}
