package io.thalweg.tests.result;

/** The databases whose answers are believed. Neither understands everything, and each is asked in its own dialect. */
enum OracleDatabase {
    /** Divides integers as Thalweg does and keeps the scale of decimals. Asked unless a query says otherwise. */
    H2("jdbc:h2:mem:", "MERGE INTO p KEY (k) VALUES (?, ?, ?)"),
    /** Has what H2 lacks: FULL JOIN, GROUPING SETS, LATERAL, INTERSECT ALL and EXCEPT ALL, ASOF JOIN. */
    DUCKDB("jdbc:duckdb:", "INSERT OR REPLACE INTO p VALUES (?, ?, ?)");

    private final String url;
    private final String upsert;

    OracleDatabase(String url, String upsert) {
        this.url = url;
        this.upsert = upsert;
    }

    /** Where a new and empty database in memory is. */
    String url() {
        return url;
    }

    /** The statement that replaces a row of table {@code p}. */
    String upsert() {
        return upsert;
    }
}
