package io.thalweg.server.session;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;

/** A statement that a client has prepared, to be executed many times. Immutable; a changed catalog is noticed at execution. */
public final class PreparedSql {
    private final String sql;
    private final String schema;
    private final PlannedStatement planned;
    private final List<SqlType> parameters;
    private final Optional<RowType> result;

    /** What a statement does, as far as a client must know. */
    public enum Kind {
        /** Returns rows. */
        QUERY,
        /** Inserts a row, or the same number of rows, for each set of parameters. */
        INSERT_ROWS,
        /** Inserts what a query finds. */
        INSERT_QUERY,
        /** Changes or deletes the rows of a table that it finds. */
        CHANGE_ROWS,
        /** Changes the catalog. */
        DDL,
        /** Anything else. */
        OTHER
    }

    /**
     * @param schema where unqualified names were looked up, which stays so
     * @param result the columns, if it returns rows
     */
    PreparedSql(String sql, String schema, PlannedStatement planned, Optional<RowType> result) {
        this.sql = sql;
        this.schema = schema;
        this.planned = planned;
        this.parameters = planned.plan().map(plan -> plan.parameterTypes()).orElse(List.of());
        this.result = result;
    }

    /** The text. */
    public String sql() {
        return sql;
    }

    String schema() {
        return schema;
    }

    PlannedStatement planned() {
        return planned;
    }

    public Kind kind() {
        return planned.kind();
    }

    /** The types of the parameters, in order. */
    public List<SqlType> parameters() {
        return parameters;
    }

    /** The columns, if it returns rows. */
    public Optional<RowType> result() {
        return result;
    }
}
