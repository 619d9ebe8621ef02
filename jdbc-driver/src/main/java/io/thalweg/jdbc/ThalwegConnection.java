package io.thalweg.jdbc;

import io.thalweg.jdbc.client.ConnectionConfig;
import io.thalweg.jdbc.client.Deadline;
import io.thalweg.jdbc.client.FixedRows;
import io.thalweg.jdbc.client.Session;
import io.thalweg.jdbc.value.GivenArray;
import io.thalweg.jdbc.value.GivenRow;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ThalwegException;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server or to an engine in the same process. Every statement takes effect at once and alone, whether
 * auto-commit is on or off: {@code commit} and {@code rollback} are accepted and do nothing, and {@code rollback} leaves a
 * warning. Statements of several threads may run at once.
 */
public final class ThalwegConnection implements Connection, Unwrapping {
    /** The only catalog there is. */
    static final String CATALOG = "thalweg";

    private final ConnectionConfig config;
    private final Session session;
    private final Properties clientInfo = new Properties();
    private String schema;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation = TRANSACTION_NONE;
    private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    private @Nullable SQLWarning warnings;
    /** Read by every thread that waits for an answer. */
    private volatile int networkTimeoutMillis;

    ThalwegConnection(ConnectionConfig config, Session session) {
        this.config = config;
        this.session = session;
        this.networkTimeoutMillis = config.networkTimeoutMillis();
        this.schema = session.welcome().properties().getOrDefault("schema", ObjectName.DEFAULT_SCHEMA);
    }

    Session session() {
        return session;
    }

    ConnectionConfig config() {
        return config;
    }

    long networkTimeoutMillis() {
        return networkTimeoutMillis;
    }

    void checkOpen() throws SQLException {
        try {
            session.checkOpen();
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    /** A result that no statement made. */
    ResultSet fixedResult(FixedRows rows) {
        Deadline anyTime = Deadline.after(session.clock(), 0);
        return new ThalwegResultSet(null, rows, session.clock(), new ThalwegResultSet.RowLimits(0, 0, anyTime, 0, 0));
    }

    // Statements.

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        return new ThalwegStatement(this);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        checkResultSet(type, concurrency);
        return createStatement();
    }

    @Override
    public Statement createStatement(int type, int concurrency, int resultHoldability) throws SQLException {
        checkResultSet(type, concurrency);
        return createStatement();
    }

    @Override
    public PreparedStatement prepareStatement(@Nullable String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw SqlErrors.noText();
        }
        try {
            Deadline deadline = Deadline.after(session.clock(), networkTimeoutMillis);
            return new ThalwegPreparedStatement(this, session.prepare(sql, deadline));
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        checkResultSet(type, concurrency);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int resultHoldability)
            throws SQLException {
        checkResultSet(type, concurrency);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
        ThalwegStatement.checkGeneratedKeys(generatedKeys);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        throw ThalwegStatement.noGeneratedKeys();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        throw ThalwegStatement.noGeneratedKeys();
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw noProcedures();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        throw noProcedures();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int resultHoldability)
            throws SQLException {
        throw noProcedures();
    }

    private static SQLException noProcedures() {
        return SqlErrors.unsupported("there are no stored procedures");
    }

    private void checkResultSet(int type, int concurrency) throws SQLException {
        checkOpen();
        if (type != ResultSet.TYPE_FORWARD_ONLY) {
            throw SqlErrors.unsupported("result sets move forward only");
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw SqlErrors.unsupported("result sets are read-only; use UPDATE or DELETE");
        }
    }

    /** The text as it is: the server reads JDBC escapes itself. */
    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    // Transactions, of which there are none.

    @Override
    public void setAutoCommit(boolean newAutoCommit) throws SQLException {
        checkOpen();
        autoCommit = newAutoCommit;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    @Override
    public void commit() throws SQLException {
        checkOpen();
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
        addWarning("rollback undid nothing: every statement took effect when it was executed");
    }

    private void addWarning(String message) {
        SQLWarning warning = new SQLWarning(message, "01000");
        if (warnings == null) {
            warnings = warning;
        } else if (warnings.getNextWarning() == null) {
            // One more is enough: a pool that rolls back at every return would make an endless chain.
            warnings.setNextWarning(warning);
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw noSavepoints();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    private static SQLException noSavepoints() {
        return SqlErrors.unsupported("there are no savepoints, since every statement takes effect at once");
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        switch (level) {
            case TRANSACTION_NONE,
                    TRANSACTION_READ_UNCOMMITTED,
                    TRANSACTION_READ_COMMITTED,
                    TRANSACTION_REPEATABLE_READ,
                    TRANSACTION_SERIALIZABLE -> isolation = level;
            default -> throw SqlErrors.argument("isolation level " + level + " does not exist");
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    @Override
    public void setHoldability(int newHoldability) throws SQLException {
        checkOpen();
        if (newHoldability != ResultSet.HOLD_CURSORS_OVER_COMMIT
                && newHoldability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw SqlErrors.argument("holdability " + newHoldability + " does not exist");
        }
        holdability = newHoldability;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return holdability;
    }

    /** A hint, which is remembered and has no effect. */
    @Override
    public void setReadOnly(boolean newReadOnly) throws SQLException {
        checkOpen();
        readOnly = newReadOnly;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return readOnly;
    }

    // Names.

    /** Accepted: there is one catalog. */
    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return CATALOG;
    }

    @Override
    public void setSchema(@Nullable String newSchema) throws SQLException {
        checkOpen();
        if (newSchema != null && !newSchema.equals(schema)) {
            try (Statement statement = createStatement()) {
                statement.execute("SET schema = '" + newSchema.replace("'", "''") + "'");
            }
            schema = newSchema;
        }
    }

    /** As this connection set it; a SET statement of the user is not noticed. */
    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        return schema;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return new HashMap<>();
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.unsupported("there are no user-defined types to map");
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new ThalwegDatabaseMetaData(this);
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public void setClientInfo(@Nullable String name, @Nullable String value) throws SQLClientInfoException {
        if (name == null) {
            throw new SQLClientInfoException("a property must have a name", "22023", Map.of());
        }
        if (session.isClosed()) {
            throw new SQLClientInfoException(
                    "connection is closed", "08003", Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
        if (value == null) {
            clientInfo.remove(name);
        } else {
            clientInfo.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
        clientInfo.clear();
        if (properties == null) {
            return;
        }
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    @Override
    public @Nullable String getClientInfo(@Nullable String name) throws SQLException {
        checkOpen();
        return name == null ? null : clientInfo.getProperty(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }

    // Types that Thalweg does not have.

    @Override
    public Clob createClob() throws SQLException {
        throw noSuchType();
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw noSuchType();
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw noSuchType();
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw noSuchType();
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        if (elements == null) {
            throw SqlErrors.argument("the elements of an array must not be null; an array without elements has none");
        }
        return new GivenArray(typeName, elements);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        if (attributes == null) {
            throw SqlErrors.argument("the attributes of a structure must not be null");
        }
        return new GivenRow(typeName, attributes);
    }

    private static SQLException noSuchType() {
        return SqlErrors.unsupported("there are no values of this type; use VARCHAR and VARBINARY");
    }

    // Life.

    /** Asks the server for a sign of life; 0 seconds waits as long as it takes. */
    @Override
    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw SqlErrors.argument("timeout " + seconds + " is negative");
        }
        return session.ping(Deadline.after(session.clock(), TimeUnit.SECONDS.toMillis(seconds)));
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.argument("an executor must be given");
        }
        session.abort();
    }

    /** How long to wait for an answer of the server, but for rows of an endless result; then the connection is ended. */
    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
        checkOpen();
        if (millis < 0) {
            throw SqlErrors.argument("network timeout " + millis + " is negative");
        }
        networkTimeoutMillis = millis;
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return networkTimeoutMillis;
    }
}
