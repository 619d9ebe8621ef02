package io.thalweg.server.session;

import java.util.Map;

/**
 * What a connection keeps between statements. Changed by the thread that runs the connection's statements, one after the
 * other; read by anyone.
 */
public final class Session {
    private final long id;
    private final String clientName;
    private volatile SessionSettings settings;

    /** @param properties settings to begin with, by name */
    public Session(long id, String clientName, Map<String, String> properties) {
        this.id = id;
        this.clientName = clientName;
        this.settings = SessionSettings.DEFAULT.with(properties);
    }

    public long id() {
        return id;
    }

    /** Program and version at the other end, as it said. */
    public String clientName() {
        return clientName;
    }

    public SessionSettings settings() {
        return settings;
    }

    void change(SessionSettings newSettings) {
        settings = newSettings;
    }
}
