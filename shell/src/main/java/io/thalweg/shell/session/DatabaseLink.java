package io.thalweg.shell.session;

import io.thalweg.jdbc.ThalwegDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The connection of the shell: opened when it is first needed, and opened again after it was lost. */
public final class DatabaseLink implements AutoCloseable {
    private final String url;
    private @Nullable Connection connection;

    public DatabaseLink(String url) {
        this.url = url;
    }

    public String url() {
        return url;
    }

    /** A connection that was usable when it was last used. */
    public Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) {
            // Not through the driver manager, which would load every driver on the class path.
            current = new ThalwegDriver().connect(url, new Properties());
            if (current == null) {
                throw new SQLNonTransientConnectionException("not a Thalweg address: " + url, "08001");
            }
            connection = current;
        }
        return current;
    }

    /** Tells that a statement failed; the connection is given up if that was the reason. */
    void failed(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && state.startsWith("08")) {
            close();
        }
    }

    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException failure) {
                // It is given up in any case, and whatever was acknowledged is safe with the server.
            }
        }
    }
}
