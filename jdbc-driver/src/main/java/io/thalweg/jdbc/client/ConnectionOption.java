package io.thalweg.jdbc.client;

/** The properties of a URL that the driver itself heeds; others are session variables and go to the server. */
public enum ConnectionOption {
    USER("user", "", "the name to log in with"),
    PASSWORD("password", "", "the password to log in with"),
    CONNECT_TIMEOUT("connectTimeout", "10000", "milliseconds to wait for the server's welcome, 0 for no limit"),
    NETWORK_TIMEOUT("networkTimeout", "0", "milliseconds to wait for an answer of the server, 0 for no limit"),
    FETCH_SIZE("fetchSize", "0", "most rows in one message of a result, 0 to let the server choose"),
    PREFETCH("prefetch", "8", "most messages of a result that are fetched before they are read, 1 to 1024"),
    STREAMS_AS_TABLES(
            "streamsAsTables", "true", "whether metadata call a stream TABLE, which every tool shows, or STREAM");

    private final String key;
    private final String defaultValue;
    private final String description;

    ConnectionOption(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The name of the property. */
    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }
}
