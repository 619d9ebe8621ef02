package io.thalweg.server.door.nativewire;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.session.PreparedSql;
import java.util.HashMap;
import java.util.Map;

/** The prepared statements of one connection, by the client's ids. One thread at a time. */
final class PreparedStatements {
    private static final int MAX_STATEMENTS = 10_000;
    /** A plan takes memory in proportion to its text. */
    private static final long MAX_CHARACTERS = 4 << 20;

    private final Map<Long, PreparedSql> statements = new HashMap<>();
    private long characters;

    /** Throws TOO_MANY_QUERIES if a statement of this text would be too much for one connection. */
    void requireRoom(String sql) {
        if (statements.size() >= MAX_STATEMENTS || characters + sql.length() > MAX_CHARACTERS) {
            throw new ThalwegException(
                            ErrorCode.TOO_MANY_QUERIES,
                            "the connection has " + statements.size() + " prepared statements of " + characters
                                    + " characters already")
                    .withHint("Close prepared statements that are no longer needed.");
        }
    }

    /** Keeps a statement; false if the id is in use. */
    boolean add(long id, PreparedSql statement) {
        if (statements.putIfAbsent(id, statement) != null) {
            return false;
        }
        characters += statement.sql().length();
        return true;
    }

    /** The statement of this id; throws UNDEFINED_STATEMENT if there is none. */
    PreparedSql require(long id) {
        PreparedSql statement = statements.get(id);
        if (statement == null) {
            throw new ThalwegException(
                    ErrorCode.UNDEFINED_STATEMENT, "prepared statement " + id + " does not exist on this connection");
        }
        return statement;
    }

    /** Forgets a statement, if there is one of this id. */
    void remove(long id) {
        PreparedSql removed = statements.remove(id);
        if (removed != null) {
            characters -= removed.sql().length();
        }
    }
}
