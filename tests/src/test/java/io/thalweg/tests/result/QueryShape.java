package io.thalweg.tests.result;

/**
 * One query in two languages.
 *
 * @param sql what Thalweg is asked
 * @param oracleSql what the oracle is asked, which has no windows but columns with their bounds
 */
record QueryShape(String sql, String oracleSql) {
    /** A query that both understand. */
    static QueryShape same(String sql) {
        return new QueryShape(sql, sql);
    }

    /** A query over windows of ten seconds, which the oracle finds precomputed in its table. */
    static QueryShape windowed(String sql) {
        String oracle = sql.replaceAll("TABLE\\(TUMBLE\\(TABLE w, DESCRIPTOR\\(ts\\), INTERVAL '10' SECOND\\)\\)", "w");
        return new QueryShape(sql, oracle);
    }

    boolean isWindowed() {
        return sql.contains("TUMBLE");
    }

    /** The oracle's query with a condition on its windows, which begins with a space. */
    String oracleSqlWhere(String condition) {
        return oracleSql.contains("GROUP BY")
                ? "SELECT * FROM (" + oracleSql + ") AS x WHERE" + condition
                : oracleSql + " AND" + condition;
    }
}
