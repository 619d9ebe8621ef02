package io.thalweg.tests.result;

/**
 * One query in two languages.
 *
 * @param sql what Thalweg is asked
 * @param oracleSql what the oracle is asked, which has no windows but columns with their bounds
 * @param oracle which of the oracles is asked
 */
record QueryShape(String sql, String oracleSql, OracleDatabase oracle) {
    /** A query that H2 is asked in its own words. */
    QueryShape(String sql, String oracleSql) {
        this(sql, oracleSql, OracleDatabase.H2);
    }

    /** A query that H2 understands as it stands. */
    static QueryShape same(String sql) {
        return new QueryShape(sql, sql);
    }

    /** A query that DuckDB understands as it stands. */
    static QueryShape sameInDuckDb(String sql) {
        return inDuckDb(sql, sql);
    }

    /** A query that DuckDB is asked in its own words. */
    static QueryShape inDuckDb(String sql, String oracleSql) {
        return new QueryShape(sql, oracleSql, OracleDatabase.DUCKDB);
    }

    /** A query over windows of ten seconds, which the oracle finds precomputed in its table. */
    static QueryShape windowed(String sql) {
        String oracle = sql.replaceAll("TABLE\\(TUMBLE\\(TABLE w, DESCRIPTOR\\(ts\\), INTERVAL '10' SECOND\\)\\)", "w");
        return new QueryShape(sql, oracle);
    }

    /** A query over other windows, for which the oracle has a relation of its own. */
    static QueryShape over(String windows, String oracleRelation, String sql) {
        return new QueryShape(sql.replace("$windows", windows), sql.replace("$windows", oracleRelation));
    }

    boolean isWindowed() {
        return sql.contains("TABLE(") || sql.contains("TUMBLE(");
    }

    /** The same query of the oracle with a condition on its windows, which begins with a space. */
    QueryShape where(String condition) {
        String conditional = oracleSql.contains("GROUP BY")
                ? "SELECT * FROM (" + oracleSql + ") AS x WHERE" + condition
                : oracleSql + " AND" + condition;
        return new QueryShape(sql, conditional, oracle);
    }
}
