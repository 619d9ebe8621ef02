package io.thalweg.server.session;

import io.thalweg.server.system.SystemTables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The sessions there are. Thread-safe; bounded by the number of connections. */
public final class SessionRegistry {
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Session> sessions = new ConcurrentSkipListMap<>();

    /** A new session; throws if a property is no setting or outside its range. */
    public Session open(String clientName, Map<String, String> properties) {
        Session session = new Session(lastId.incrementAndGet(), clientName, properties);
        sessions.put(session.id(), session);
        return session;
    }

    /** Forgets a session. */
    public void close(Session session) {
        sessions.remove(session.id());
    }

    /** All sessions in the order they were opened. */
    public List<SystemTables.Client> clients() {
        return sessions.values().stream()
                .map(session -> new SystemTables.Client(session.id(), session.clientName()))
                .toList();
    }
}
