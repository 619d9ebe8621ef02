package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.twin.TwinEngineProvider;
import io.thalweg.jdbc.twin.TwinServer;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Hello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConnectionTest {
    private TwinServer server;

    @BeforeEach
    void start() throws IOException {
        server = TwinServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void driverManagerFindsTheDriver() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(server.url() + "?user=ada&password=p%26q&fetchSize=9", "x", "y")) {
            assertInstanceOf(ThalwegConnection.class, connection);
            assertTrue(connection.isValid(5));
            assertFalse(connection.isClosed());
            Hello hello = server.scripts().received(Hello.class).get(0);
            assertEquals(Map.of("user", "ada", "password", "p&q"), hello.properties());
            assertEquals("thalweg-jdbc 0.1.0", hello.clientName());
            assertEquals(9, connection.createStatement().getFetchSize());
        }
    }

    @Test
    void schemaOfTheUrlAndOtherPropertiesGoToTheServer() throws SQLException {
        DriverManager.getConnection(server.url() + "sys?max_rows=5").close();
        assertEquals(
                Map.of("schema", "sys", "max_rows", "5"),
                server.scripts().received(Hello.class).get(0).properties());
    }

    @Test
    void closeSaysGoodbyeAndEndsEverything() throws Exception {
        Connection connection = DriverManager.getConnection(server.url());
        Statement statement = connection.createStatement();
        connection.close();
        connection.close();
        server.scripts().await(Goodbye.class, goodbye -> true);
        assertTrue(connection.isClosed());
        assertTrue(statement.isClosed());
        assertFalse(connection.isValid(1));
        SQLException error = assertThrows(SQLException.class, connection::createStatement);
        assertEquals("08003", error.getSQLState());
        assertEquals("connection is closed", error.getMessage());
    }

    @Test
    void noServerIsToldWithAHint() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SQLException error = assertThrows(
                SQLTransientConnectionException.class,
                () -> DriverManager.getConnection("jdbc:thalweg://127.0.0.1:" + port + "/"));
        assertEquals("08001", error.getSQLState());
        assertEquals(4006, error.getErrorCode());
        assertTrue(error.getMessage().startsWith("no connection to server 127.0.0.1:" + port + ": "));
        assertEquals(
                Optional.of("Check that the server runs and listens on this address and port."),
                ErrorDetail.of(error).orElseThrow().hint());
    }

    @Test
    void serverThatRefusesIsToldInItsWords() {
        SQLException error = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(server.url() + "?user=ada&password=wrong"));
        assertEquals("password is wrong", error.getMessage());
        assertEquals("08001", error.getSQLState());
    }

    @Test
    void serverThatDoesNotAnswerTimesOut() {
        SQLException error = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(server.url() + "?user=silent&connectTimeout=200"));
        assertEquals("08006", error.getSQLState());
        assertEquals("server did not answer within 200 ms when asked for its welcome", error.getMessage());
    }

    @Test
    void anotherKindOfServerIsToldApart() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> answerAsHttp(other));
            answer.start();
            SQLException error = assertThrows(
                    SQLNonTransientConnectionException.class,
                    () -> DriverManager.getConnection("jdbc:thalweg://127.0.0.1:" + other.getLocalPort() + "/"));
            assertEquals("08P01", error.getSQLState());
            answer.join();
        }
    }

    private static void answerAsHttp(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void serverThatGoesAwayFailsWhoWaits() throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            server.scripts().on("INSERT 1", query -> server.dropConnections());
            SQLException error = assertThrows(SQLException.class, () -> statement.execute("INSERT 1"));
            assertEquals("08006", error.getSQLState());
            assertTrue(connection.isClosed());
        }
    }

    @Test
    void abortEndsTheConnection() throws Exception {
        Connection connection = DriverManager.getConnection(server.url());
        connection.abort(Runnable::run);
        assertTrue(connection.isClosed());
        assertThrows(SQLException.class, () -> connection.abort(null));
    }

    @Test
    void networkTimeoutEndsTheConnection() throws Exception {
        Connection connection = DriverManager.getConnection(server.url());
        server.scripts().on("INSERT 1", query -> query.awaitCancel());
        connection.setNetworkTimeout(Runnable::run, 150);
        assertEquals(150, connection.getNetworkTimeout());
        SQLException error = assertThrows(
                SQLException.class, () -> connection.createStatement().execute("INSERT 1"));
        assertEquals("08006", error.getSQLState());
        assertEquals("server did not answer within the network timeout of 150 ms", error.getMessage());
        assertTrue(connection.isClosed());
    }

    @Test
    void transactionsAreAcceptedAndDoNothing() throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url())) {
            connection.setAutoCommit(false);
            connection.commit();
            assertNull(connection.getWarnings());
            connection.rollback();
            assertEquals(
                    "rollback undid nothing: every statement took effect when it was executed",
                    connection.getWarnings().getMessage());
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            assertTrue(connection.isReadOnly());
            assertThrows(SQLFeatureNotSupportedException.class, connection::setSavepoint);
        }
    }

    @Test
    void setSchemaIsASetStatement() throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url())) {
            server.scripts().on("SET schema = 'o''x'", query -> query.complete());
            assertEquals("public", connection.getSchema());
            connection.setSchema("public");
            connection.setSchema("o'x");
            assertEquals("o'x", connection.getSchema());
            assertEquals(1, server.scripts().received(Execute.class).size());
        }
    }

    @Test
    void propertiesOutOfRangeAreTold() {
        SQLException error =
                assertThrows(SQLException.class, () -> DriverManager.getConnection(server.url() + "?prefetch=none"));
        assertEquals("22023", error.getSQLState());
        assertEquals("connection property 'prefetch' is 'none', not a number from 1 to 1024", error.getMessage());
    }

    @Test
    void urlsOfOthersAreLeftToThem() throws SQLException {
        assertNull(new ThalwegDriver().connect("jdbc:h2:mem:x", new Properties()));
        assertFalse(new ThalwegDriver().acceptsURL("jdbc:h2:mem:x"));
        assertEquals(7, new ThalwegDriver().getPropertyInfo(server.url(), null).length);
    }

    @Test
    void embeddedEngineIsSharedPerDirectoryUntilTheLastConnectionCloses(@TempDir Path directory) throws Exception {
        String url = "jdbc:thalweg:embedded:" + directory;
        int opened = TwinEngineProvider.OPENED.size();
        Connection first = DriverManager.getConnection(url + "?engine.fsync=off");
        Connection second = DriverManager.getConnection(url + "/../" + directory.getFileName());
        assertEquals(opened + 1, TwinEngineProvider.OPENED.size());
        TwinEngineProvider.Engine engine = TwinEngineProvider.OPENED.get(opened);
        assertEquals(Map.of("fsync", "off"), engine.properties());
        assertEquals(directory.toRealPath(), engine.directory().orElseThrow());
        try (Statement statement = second.createStatement()) {
            statement.execute("CREATE STREAM s (a INT)");
            assertEquals(
                    "created stream s", statement.unwrap(ThalwegStatement.class).info());
            assertEquals(0, statement.getUpdateCount());
        }
        first.close();
        first.close();
        assertFalse(engine.isClosed());
        second.close();
        assertTrue(engine.isClosed());
    }

    @Test
    void memoryEnginesAreSharedByNameAndOtherwisePrivate() throws SQLException {
        int opened = TwinEngineProvider.OPENED.size();
        try (Connection alone = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Connection other = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Connection named = DriverManager.getConnection("jdbc:thalweg:embedded:mem:x");
                Connection same = DriverManager.getConnection("jdbc:thalweg:embedded:mem:x")) {
            assertTrue(alone.isValid(5) && other.isValid(5) && named.isValid(5) && same.isValid(5));
            assertEquals(opened + 3, TwinEngineProvider.OPENED.size());
        }
        assertTrue(TwinEngineProvider.OPENED.stream().skip(opened).allMatch(TwinEngineProvider.Engine::isClosed));
    }
}
