package io.thalweg.jdbc.client;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An endpoint and what was said about the connection to it.
 *
 * @param url what was connected to, without properties
 * @param properties all properties, those of the URL winning over others
 */
public record ConnectionConfig(String url, Endpoint endpoint, Map<String, String> properties) {
    private static final String ENGINE_PREFIX = "engine.";
    private static final int MAX_PREFETCH = 1_024;

    public ConnectionConfig {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    public long connectTimeoutMillis() {
        return number(ConnectionOption.CONNECT_TIMEOUT, 0, Integer.MAX_VALUE);
    }

    public int networkTimeoutMillis() {
        return number(ConnectionOption.NETWORK_TIMEOUT, 0, Integer.MAX_VALUE);
    }

    public int fetchSize() {
        return number(ConnectionOption.FETCH_SIZE, 0, Integer.MAX_VALUE);
    }

    public int prefetchFrames() {
        return number(ConnectionOption.PREFETCH, 1, MAX_PREFETCH);
    }

    public boolean streamsAsTables() {
        return truth(ConnectionOption.STREAMS_AS_TABLES);
    }

    public String user() {
        return text(ConnectionOption.USER);
    }

    /** What goes to the server: user, password and session variables. */
    public Map<String, String> sessionProperties() {
        return properties.entrySet().stream()
                .filter(entry -> !isOfDriver(entry.getKey()) && !entry.getKey().startsWith(ENGINE_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What an embedded engine is started with: the properties called {@code engine.x}, as {@code x}. */
    public Map<String, String> engineProperties() {
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(ENGINE_PREFIX))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(ENGINE_PREFIX.length()), Map.Entry::getValue));
    }

    private static boolean isOfDriver(String key) {
        for (ConnectionOption option : ConnectionOption.values()) {
            if (option.key().equals(key)) {
                return option != ConnectionOption.USER && option != ConnectionOption.PASSWORD;
            }
        }
        return false;
    }

    private String text(ConnectionOption option) {
        return properties.getOrDefault(option.key(), option.defaultValue());
    }

    private int number(ConnectionOption option, int least, int greatest) {
        String text = text(option);
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new ThalwegException(
                ErrorCode.OPTION_OUT_OF_RANGE,
                "connection property '" + option.key() + "' is '" + text + "', not a number from " + least + " to "
                        + greatest);
    }

    private boolean truth(ConnectionOption option) {
        String text = text(option);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new ThalwegException(
                ErrorCode.OPTION_OUT_OF_RANGE,
                "connection property '" + option.key() + "' is '" + text + "', not true or false");
    }
}
