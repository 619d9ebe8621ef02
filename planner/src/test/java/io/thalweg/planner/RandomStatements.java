package io.thalweg.planner;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes statements that are well-formed and mostly well-typed: in a template, {@code N}, {@code T}, {@code B}, {@code M} and
 * {@code A} after {@code #} stand for a number, a text, a BOOLEAN, a moment and anything.
 */
final class RandomStatements {
    private static final int MAX_DEPTH = 4;
    private static final int ONE_IN_WRONG = 25;
    private static final String KINDS = "NTBM";

    private static final Map<Character, List<String>> LEAVES = Map.of(
            'N',
                    List.of(
                            "a",
                            "b",
                            "d",
                            "f",
                            "r",
                            "si",
                            "1",
                            "0",
                            "-5",
                            "2.5",
                            "1e3",
                            "99999999999",
                            "NULL",
                            "CAST(? AS BIGINT)"),
            'T',
                    List.of(
                            "k",
                            "ch",
                            "'x'",
                            "''",
                            "'2001-01-01'",
                            "U&'\\00e9'",
                            "CAST(? AS VARCHAR)",
                            "CAST(a AS VARCHAR)"),
            'B', List.of("flag", "TRUE", "FALSE", "a IS NULL", "CAST(NULL AS BOOLEAN)", "a = ?", "k LIKE 'x%'"),
            'M',
                    List.of(
                            "ts",
                            "dt",
                            "ltz",
                            "DATE '2001-01-01'",
                            "TIMESTAMP '2001-01-01 10:00:00.5'",
                            "CURRENT_TIMESTAMP"));
    private static final Map<Character, List<String>> CALLS = Map.of(
            'N',
                    List.of(
                            "#N + #N",
                            "#N - #N",
                            "#N * #N",
                            "#N / #N",
                            "MOD(#N, #N)",
                            "ABS(#N)",
                            "-(#N)",
                            "COALESCE(#N, #N)",
                            "NULLIF(#N, #N)",
                            "CHAR_LENGTH(#T)",
                            "FLOOR(#N)",
                            "CEIL(#N)",
                            "ROUND(#N, 1)",
                            "CAST(#T AS INTEGER)",
                            "CAST(#N AS DECIMAL(10, 2))",
                            "TRY_CAST(#T AS DOUBLE)",
                            "EXTRACT(YEAR FROM #M)",
                            "POWER(#N, 2)",
                            "CASE WHEN #B THEN #N ELSE #N END",
                            "TIMESTAMPDIFF(DAY, #M, #M)",
                            "GREATEST(#N, #N)",
                            "SIGN(#N)",
                            "POSITION(#T IN #T)",
                            "IF(#B, #N, #N)",
                            "CAST(#N AS SMALLINT)",
                            "TRUNCATE(#N, 1)",
                            "#N % #N"),
            'T',
                    List.of(
                            "UPPER(#T)",
                            "#T || #T",
                            "SUBSTRING(#T FROM 2)",
                            "SUBSTRING(#T, 1, 2)",
                            "TRIM(#T)",
                            "CONCAT(#T, #T)",
                            "CAST(#A AS VARCHAR)",
                            "CASE WHEN #B THEN #T END",
                            "COALESCE(#T, #T)",
                            "SPLIT_INDEX(#T, ',', 1)",
                            "DATE_FORMAT(#M, 'yyyy')",
                            "REPLACE(#T, 'a', #T)",
                            "LPAD(#T, 5, '*')",
                            "CAST(#T AS CHAR(3))",
                            "CAST(#T AS VARCHAR(2))",
                            "LEAST(#T, #T)",
                            "NULLIF(#T, #T)",
                            "OVERLAY(#T PLACING #T FROM 1)"),
            'B',
                    List.of(
                            "#N = #N",
                            "#N <> #N",
                            "#N < #N",
                            "#T >= #T",
                            "#M < #M",
                            "#B AND #B",
                            "#B OR #B",
                            "NOT (#B)",
                            "#A IS NULL",
                            "#A IS NOT NULL",
                            "#N IN (#N, #N)",
                            "#N IN (1, 2, 3)",
                            "#T NOT IN ('a', 'b')",
                            "#N BETWEEN #N AND #N",
                            "#T LIKE #T",
                            "#B IS TRUE",
                            "#N IS DISTINCT FROM #N",
                            "#M = '2001-01-01'",
                            "#T = ch",
                            "#B IS NOT FALSE",
                            "#B = #B",
                            "CASE WHEN #B THEN #B ELSE #B END",
                            "STARTS_WITH(#T, #T)"),
            'M',
                    List.of(
                            "#M + INTERVAL '1' HOUR",
                            "#M - INTERVAL '2' DAY",
                            "#M + INTERVAL '1' MONTH",
                            "FLOOR(#M TO DAY)",
                            "CAST(#M AS DATE)",
                            "CAST(#M AS TIMESTAMP)",
                            "CAST(#T AS TIMESTAMP)",
                            "TIMESTAMPADD(HOUR, #N, #M)",
                            "COALESCE(#M, #M)",
                            "CASE WHEN #B THEN #M END",
                            "CEIL(#M TO HOUR)",
                            "#M + a * INTERVAL '1' SECOND",
                            "CAST(#M AS TIMESTAMP(3) WITH LOCAL TIME ZONE)",
                            "DATE_TRUNC('hour', #M)",
                            "GREATEST(#M, #M)"));
    private static final List<String> AGGREGATES = List.of(
            "COUNT(*)",
            "COUNT(#A)",
            "SUM(#N)",
            "AVG(#N)",
            "MIN(#A)",
            "MAX(#A)",
            "COUNT(DISTINCT #A)",
            "SUM(#N) FILTER (WHERE #B)",
            "SUM(DISTINCT #N)",
            "MAX(#N) - MIN(#N)");
    private static final List<String> SOURCES = List.of(
            "s",
            "s",
            "s",
            "s$late",
            "s WHERE #B",
            "s JOIN t ON s.a = t.id",
            "s JOIN t ON s.b = t.id AND #B",
            "s JOIN t ON #B",
            "s, t",
            "s, auction WHERE s.b = auction.id",
            "s CROSS JOIN counts AS c",
            "s, v AS w WHERE s.b = w.b1",
            "TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR))",
            "(SELECT * FROM s WHERE #B) AS s",
            "(SELECT a, #N AS b, d, f, #T AS k, flag, dt, tm, #M AS ts, ch, ltz, r, si, bin FROM s) AS s",
            "(SELECT * FROM s UNION ALL SELECT * FROM s$late) AS s",
            "(SELECT DISTINCT * FROM s) AS s",
            "s LEFT JOIN t ON s.a = t.id",
            "nope",
            "t",
            "v",
            "information_schema.tables");
    private static final List<String> TAILS = List.of(
            "",
            "",
            "",
            "",
            " EMIT CHANGES",
            " EMIT FINAL",
            " ORDER BY 1",
            " ORDER BY 1 DESC NULLS LAST LIMIT 3",
            " LIMIT 0",
            " OFFSET 2");

    private final Random random;
    private int depth;

    RandomStatements(Random random) {
        this.random = random;
    }

    String next() {
        if (random.nextInt(8) == 0) {
            return filled("INSERT INTO s (a, k, ts, d) VALUES (#N, #T, #M, #N)");
        }
        char kind = KINDS.charAt(random.nextInt(KINDS.length()));
        StringBuilder query = new StringBuilder(select(kind));
        while (random.nextInt(6) == 0) {
            query.append(random.nextBoolean() ? " UNION ALL " : " UNION ").append(select(kind));
        }
        return query + pick(TAILS);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String select(char kind) {
        String from = " FROM " + filled(pick(SOURCES));
        String where = !from.contains("WHERE") && random.nextBoolean() ? " WHERE " + expression('B') : "";
        String value = expression(kind);
        return switch (random.nextInt(5)) {
            case 0 ->
                "SELECT " + value + ", " + filled(pick(AGGREGATES)) + from + where + " GROUP BY " + value + having();
            case 1 -> "SELECT " + filled(pick(AGGREGATES)) + from + where + having();
            case 2 -> "SELECT DISTINCT " + value + from + where;
            case 3 -> "SELECT *" + from + where;
            default -> "SELECT " + value + " AS c1, " + expression('A') + from + where;
        };
    }

    private String having() {
        return random.nextInt(3) == 0 ? " HAVING " + filled(pick(AGGREGATES)) + " > 1" : "";
    }

    private String expression(char wanted) {
        boolean any = wanted == 'A' || random.nextInt(ONE_IN_WRONG) == 0;
        char kind = any ? KINDS.charAt(random.nextInt(KINDS.length())) : wanted;
        if (depth >= MAX_DEPTH || random.nextInt(3) == 0) {
            return pick(LEAVES.get(kind));
        }
        depth++;
        String call = "(" + filled(pick(CALLS.get(kind))) + ")";
        depth--;
        return call;
    }

    private String filled(String template) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) == '#') {
                result.append(expression(template.charAt(++i)));
            } else {
                result.append(template.charAt(i));
            }
        }
        return result.toString();
    }
}
