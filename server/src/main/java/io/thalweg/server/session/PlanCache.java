package io.thalweg.server.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements planned last, by their text. Full, it forgets the one that was not asked for the longest. Long texts are
 * not kept: they are seldom sent twice, and a thousand of them would fill the heap. Thread-safe.
 */
final class PlanCache {
    private static final int MAX_TEXT_LENGTH = 16 << 10;

    /** Guarded by this. */
    private final Map<Key, PlannedStatement> statements;

    /** A text means something else where unqualified names are looked up elsewhere, and is planned otherwise without some stages. */
    private record Key(String schema, Set<String> disabledStages, boolean isChecked, String sql) {
        static Key of(SessionSettings settings, String sql) {
            return new Key(settings.schema(), settings.disabledStages(), settings.checksPlans(), sql);
        }
    }

    PlanCache(int maxStatements) {
        this.statements = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, PlannedStatement> eldest) {
                return size() > maxStatements;
            }
        };
    }

    /** The statement, if it was planned with this version of the catalog. */
    synchronized Optional<PlannedStatement> find(SessionSettings settings, String sql, long catalogVersion) {
        PlannedStatement found = statements.get(Key.of(settings, sql));
        return found != null && found.holdsAt(catalogVersion) ? Optional.of(found) : Optional.empty();
    }

    synchronized void put(SessionSettings settings, String sql, PlannedStatement statement) {
        if (statement.reusable() && sql.length() <= MAX_TEXT_LENGTH) {
            statements.put(Key.of(settings, sql), statement);
        }
    }
}
