package io.thalweg.server.door.nativewire;

import io.thalweg.server.session.PreparedSql;
import io.thalweg.wire.message.StatementKind;

/** How the wire calls the kinds of prepared statements. */
final class WireStatementKind {
    private WireStatementKind() {}

    static StatementKind of(PreparedSql.Kind kind) {
        return switch (kind) {
            case QUERY -> StatementKind.QUERY;
            case INSERT_ROWS -> StatementKind.INSERT;
            case INSERT_QUERY, CHANGE_ROWS -> StatementKind.UPDATE;
            case DDL -> StatementKind.DDL;
            case OTHER -> StatementKind.OTHER;
        };
    }
}
