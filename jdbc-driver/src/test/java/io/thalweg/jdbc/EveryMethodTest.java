package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.jdbc.twin.TwinServer;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.message.StatementKind;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every method of the interfaces, called with plain and with empty arguments, returns or throws an SQLException. */
@Timeout(60)
class EveryMethodTest {
    private static final RowType TYPE = RowType.of("a", SqlType.INTEGER, "text", SqlType.VARCHAR);

    private static final Map<Class<?>, Object> PLAIN = Map.of(
            boolean.class,
            true,
            byte.class,
            (byte) 1,
            short.class,
            (short) 1,
            int.class,
            1,
            long.class,
            1L,
            float.class,
            1f,
            double.class,
            1.0,
            String.class,
            "text",
            Class.class,
            Object.class);

    /** Objects that are not listed are null. */
    private static final Map<Class<?>, Object> EMPTY = Map.of(
            boolean.class,
            false,
            byte.class,
            (byte) -1,
            short.class,
            (short) -1,
            int.class,
            -1,
            long.class,
            -1L,
            float.class,
            Float.NaN,
            double.class,
            Double.NaN,
            Class.class,
            String.class);

    private TwinServer server;

    @BeforeEach
    void start() throws IOException {
        server = TwinServer.start();
        server.scripts().on("text", query -> {
            DeltaBatchBuilder rows = new DeltaBatchBuilder(TYPE);
            rows.column(0).appendInt(1);
            rows.column(1).appendText("x");
            rows.endRow();
            query.header(TYPE).rows(rows.build()).complete();
        });
        server.scripts().prepare("text", StatementKind.QUERY, List.of(SqlType.VARCHAR), Optional.of(TYPE));
        server.scripts().on("SET schema = 'text'", query -> query.complete());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void connection() throws Exception {
        callAll(Connection.class, connection -> connection);
    }

    @Test
    void statement() throws Exception {
        callAll(Statement.class, Connection::createStatement);
    }

    @Test
    void preparedStatement() throws Exception {
        callAll(PreparedStatement.class, connection -> connection.prepareStatement("text"));
    }

    @Test
    void resultSet() throws Exception {
        callAll(ResultSet.class, EveryMethodTest::firstRow);
    }

    @Test
    void metaData() throws Exception {
        callAll(DatabaseMetaData.class, Connection::getMetaData);
        callAll(ResultSetMetaData.class, connection -> firstRow(connection).getMetaData());
        callAll(
                ParameterMetaData.class,
                connection -> connection.prepareStatement("text").getParameterMetaData());
    }

    private static ResultSet firstRow(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery("text");
        rows.next();
        return rows;
    }

    private <T> void callAll(Class<T> type, Opener<T> opener) throws Exception {
        List<String> faults = new ArrayList<>();
        for (Method method : type.getMethods()) {
            // Default methods are the JDK's.
            if (!Modifier.isStatic(method.getModifiers()) && !method.isDefault()) {
                for (boolean empty : new boolean[] {false, true}) {
                    for (boolean closed : new boolean[] {false, true}) {
                        call(method, opener, empty, closed).ifPresent(faults::add);
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    private <T> Optional<String> call(Method method, Opener<T> opener, boolean empty, boolean closed) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url())) {
            T target = opener.open(connection);
            if (closed) {
                connection.abort(Runnable::run);
            }
            method.invoke(target, arguments(method, empty));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SQLException error)
                    || error.getMessage() == null
                    || error.getSQLState() == null) {
                return Optional.of(method + (empty ? " without values: " : ": ") + e.getCause());
            }
        }
        return Optional.empty();
    }

    private static Object[] arguments(Method method, boolean empty) {
        Class<?>[] types = method.getParameterTypes();
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = argument(types[i], empty);
        }
        return values;
    }

    private static Object argument(Class<?> type, boolean empty) {
        return empty ? EMPTY.get(type) : PLAIN.get(type);
    }

    /** Makes the object whose methods are called. */
    private interface Opener<T> {
        T open(Connection connection) throws SQLException;
    }
}
