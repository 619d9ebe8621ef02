package io.thalweg.server.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statements planned last, by their text. Full, it forgets the one that was not asked for the longest. Long texts are
 * not kept: they are seldom sent twice, and a thousand of them would fill the heap. Thread-safe.
 */
final class PlanCache {
    private static final int MAX_TEXT_LENGTH = 16 << 10;

    /** Guarded by this. */
    private final Map<Key, PlannedStatement> statements;

    /** A text means something else where unqualified names are looked up elsewhere. */
    private record Key(String schema, String sql) {}

    PlanCache(int maxStatements) {
        this.statements = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, PlannedStatement> eldest) {
                return size() > maxStatements;
            }
        };
    }

    /** The statement, if it was planned with this version of the catalog. */
    synchronized Optional<PlannedStatement> find(String schema, String sql, long catalogVersion) {
        PlannedStatement found = statements.get(new Key(schema, sql));
        return found != null && found.holdsAt(catalogVersion) ? Optional.of(found) : Optional.empty();
    }

    synchronized void put(String schema, String sql, PlannedStatement statement) {
        if (statement.reusable() && sql.length() <= MAX_TEXT_LENGTH) {
            statements.put(new Key(schema, sql), statement);
        }
    }
}
