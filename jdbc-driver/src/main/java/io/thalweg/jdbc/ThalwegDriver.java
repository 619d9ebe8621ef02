package io.thalweg.jdbc;

import io.thalweg.jdbc.client.ConnectionConfig;
import io.thalweg.jdbc.client.ConnectionOption;
import io.thalweg.jdbc.client.ConnectionUrl;
import io.thalweg.jdbc.client.Deadline;
import io.thalweg.jdbc.client.Session;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The driver that {@link DriverManager} finds. It takes URLs of servers and of engines in the same process, as told at
 * {@link ConnectionUrl}.
 */
public final class ThalwegDriver implements Driver {
    static final String NAME = "Thalweg JDBC driver";
    static final int MAJOR_VERSION = 0;
    static final int MINOR_VERSION = 1;
    static final String VERSION = MAJOR_VERSION + "." + MINOR_VERSION + ".0";

    static {
        try {
            DriverManager.registerDriver(new ThalwegDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Called by {@link java.util.ServiceLoader}. */
    public ThalwegDriver() {}

    /** Connects, or returns null if the URL is meant for another driver. */
    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties) throws SQLException {
        if (!acceptsURL(url) || url == null) {
            return null;
        }
        Clock clock = new SystemClock();
        try {
            ConnectionConfig config = ConnectionUrl.parse(url, asMap(properties));
            config.networkTimeoutMillis();
            config.fetchSize();
            config.prefetchFrames();
            config.streamsAsTables();
            Deadline deadline = Deadline.after(clock, config.connectTimeoutMillis())
                    .earlier(Deadline.after(clock, TimeUnit.SECONDS.toMillis(DriverManager.getLoginTimeout())));
            return new ThalwegConnection(config, Session.open(config, "thalweg-jdbc " + VERSION, clock, deadline));
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    private static Map<String, String> asMap(@Nullable Properties properties) {
        Map<String, String> map = new HashMap<>();
        if (properties != null) {
            for (String name : properties.stringPropertyNames()) {
                map.put(name, properties.getProperty(name));
            }
        }
        return map;
    }

    @Override
    public boolean acceptsURL(@Nullable String url) throws SQLException {
        if (url == null) {
            throw SqlErrors.argument("a URL must not be null");
        }
        return ConnectionUrl.isThalwegUrl(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
        Map<String, String> given = asMap(properties);
        ConnectionOption[] options = ConnectionOption.values();
        DriverPropertyInfo[] infos = new DriverPropertyInfo[options.length];
        for (int i = 0; i < options.length; i++) {
            infos[i] = new DriverPropertyInfo(
                    options[i].key(), given.getOrDefault(options[i].key(), options[i].defaultValue()));
            infos[i].description = options[i].description();
            if (options[i] == ConnectionOption.STREAMS_AS_TABLES) {
                infos[i].choices = new String[] {"true", "false"};
            }
        }
        return infos;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR_VERSION;
    }

    @Override
    public int getMinorVersion() {
        return MINOR_VERSION;
    }

    /** False: there are no transactions of several statements, which JDBC asks of a compliant driver. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw SqlErrors.unsupported("the driver writes no log");
    }
}
