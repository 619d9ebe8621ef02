package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.twin.TwinServer;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.StatementKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreparedStatementTest {
    private static final String INSERT = "INSERT INTO flights VALUES (?, ?)";
    private static final List<SqlType> TWO = List.of(SqlType.BIGINT, SqlType.VARCHAR);

    private TwinServer server;
    private Connection connection;
    private final List<DeltaBatch> inserted = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException, SQLException {
        server = TwinServer.start();
        connection = DriverManager.getConnection(server.url());
        server.scripts().prepare(INSERT, StatementKind.INSERT, TWO, Optional.empty());
        server.scripts().on(INSERT, query -> {
            inserted.add(query.parameters());
            query.complete(query.parameters().rowCount(), "");
        });
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    @Test
    void valuesStayUntilTheyAreSetAnew() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, 1);
            insert.setString(2, "a");
            assertEquals(1, insert.executeUpdate());
            insert.setInt(1, 2);
            insert.addBatch();
            insert.setObject(2, null);
            insert.addBatch();
            assertArrayEquals(new int[] {1, 1}, insert.executeBatch());
        }
        assertEquals(2, inserted.size());
        DeltaBatch batch = inserted.get(1);
        assertEquals(2, batch.longColumn(0).value(0));
        assertEquals("a", batch.bytesColumn(1).text(0));
        assertTrue(batch.column(1).isNull(1));
    }

    @Test
    void largeBatchGoesOutInFewMessages() throws SQLException {
        int rows = 150_000;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < rows; i++) {
                insert.setLong(1, i);
                insert.setString(2, "x");
                insert.addBatch();
            }
            assertEquals(rows, insert.executeBatch().length);
            assertEquals(0, insert.executeBatch().length);
        }
        assertEquals(3, inserted.size());
        long next = 0;
        for (DeltaBatch batch : inserted) {
            for (int i = 0; i < batch.rowCount(); i++) {
                assertEquals(next++, batch.longColumn(0).value(i));
            }
        }
        assertEquals(rows, next);
    }

    @Test
    void piecesOfABatchAreBoundedInBytes() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            String text = "x".repeat(100_000);
            for (int i = 0; i < 100; i++) {
                insert.setLong(1, i);
                insert.setString(2, text);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        assertEquals(3, inserted.size());
        for (ExecutePrepared message : server.scripts().received(ExecutePrepared.class)) {
            assertTrue(message.parameters().length() < 5 << 20);
        }
    }

    @Test
    void failedPieceTellsWhatWasDoneBefore() throws SQLException {
        server.scripts().on(INSERT, query -> {
            if (query.parameters().longColumn(0).value(0) == 0) {
                query.complete(query.parameters().rowCount(), "");
            } else {
                query.fail(new ThalwegException(ErrorCode.DISK_FULL, "disk is full"));
            }
        });
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < 70_000; i++) {
                insert.setLong(1, i);
                insert.setString(2, "x");
                insert.addBatch();
            }
            BatchUpdateException error = assertThrows(BatchUpdateException.class, insert::executeBatch);
            assertEquals(65_536, error.getUpdateCounts().length);
            assertEquals(65_536, error.getLargeUpdateCounts().length);
            assertEquals("53100", error.getSQLState());
            assertEquals("disk is full", error.getMessage());
        }
    }

    @Test
    void batchOfUpdatesTellsTheCountOfEach() throws SQLException {
        server.scripts().prepare("UPDATE", StatementKind.UPDATE, TWO, Optional.empty());
        server.scripts().on("UPDATE", query -> query.complete(5, ""));
        try (PreparedStatement update = connection.prepareStatement("UPDATE")) {
            update.setLong(1, 1);
            update.setString(2, "a");
            assertEquals(5, update.executeUpdate());
            update.addBatch();
            update.addBatch();
            assertArrayEquals(new int[] {5, 5}, update.executeBatch());
        }
    }

    @Test
    void parameterWithoutValueIsTold() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, 1);
            SQLException error = assertThrows(SQLException.class, insert::execute);
            assertEquals("no value was set for parameter 2", error.getMessage());
            assertEquals("07001", error.getSQLState());
            error = assertThrows(SQLException.class, () -> insert.setLong(3, 1));
            assertEquals("parameter 3 does not exist; the statement has 2", error.getMessage());
        }
    }

    @Test
    void statementThatCannotBePreparedIsAnError() throws Exception {
        SQLException error = assertThrows(SQLSyntaxErrorException.class, () -> connection.prepareStatement("SELEKT"));
        assertEquals("42P01", error.getSQLState());
        connection.prepareStatement(INSERT).close();
        server.scripts().await(CloseStatement.class, close -> true);
    }

    @Test
    void queryIsGivenOneRowOfParameters() throws SQLException {
        RowType type = RowType.of("n", SqlType.BIGINT.notNull());
        server.scripts().prepare("SELECT ?", StatementKind.QUERY, List.of(SqlType.BIGINT), Optional.of(type));
        server.scripts().on("SELECT ?", query -> {
            DeltaBatchBuilder rows = new DeltaBatchBuilder(type);
            rows.column(0).appendLong(2 * query.parameters().longColumn(0).value(0));
            rows.endRow();
            query.header(type).rows(rows.build()).complete();
        });
        try (PreparedStatement select = connection.prepareStatement("SELECT ?")) {
            assertEquals("n", select.getMetaData().getColumnName(1));
            ParameterMetaData parameters = select.getParameterMetaData();
            assertEquals(1, parameters.getParameterCount());
            assertEquals(Types.BIGINT, parameters.getParameterType(1));
            for (int i = 0; i < 3; i++) {
                select.setInt(1, i);
                ResultSet rows = select.executeQuery();
                assertTrue(rows.next());
                assertEquals(2 * i, rows.getInt(1));
            }
            assertThrows(SQLException.class, select::executeUpdate);
            assertThrows(SQLException.class, select::addBatch);
            assertThrows(SQLException.class, () -> select.executeQuery("SELECT 1"));
        }
    }

    @Test
    void statementWithoutParametersRunsOnce() throws SQLException {
        server.scripts().prepare("DELETE", StatementKind.UPDATE, List.of(), Optional.empty());
        server.scripts().on("DELETE", query -> query.complete(query.parameters().rowCount() * 10L, ""));
        try (PreparedStatement delete = connection.prepareStatement("DELETE")) {
            assertEquals(10, delete.executeUpdate());
        }
    }

    /** Each line: the type of the parameter, what is set, and what arrives. */
    @Test
    void valuesAreConvertedToTheTypeOfTheParameter() throws SQLException {
        Timestamp timestamp = Timestamp.valueOf("2026-03-01 12:00:00.123456");
        Object[][] cases = {
            {SqlType.INTEGER, "12", "12"},
            {SqlType.INTEGER, 7L, "7"},
            {SqlType.INTEGER, new BigDecimal("7.5"), "8"},
            {SqlType.SMALLINT, 3.4, "3"},
            {SqlType.BOOLEAN, "yes", "true"},
            {SqlType.BOOLEAN, 0, "false"},
            {SqlType.BIGINT, true, "1"},
            {SqlType.REAL, 0.1, "0.1"},
            {SqlType.DOUBLE, 0.1f, "0.1"},
            {SqlType.decimal(5, 2), 1.005, "1.01"},
            {
                SqlType.decimal(38, 2),
                new BigDecimal("-123456789012345678901234567890.125"),
                "-123456789012345678901234567890.13"
            },
            {SqlType.VARCHAR, 12.50, "12.5"},
            {SqlType.VARCHAR, LocalDate.of(2026, 3, 1), "2026-03-01"},
            {SqlType.VARCHAR, 'x', "x"},
            {SqlType.VARBINARY, new byte[] {1, -1}, "01ff"},
            {SqlType.VARBINARY, new ByteArrayInputStream(new byte[] {16}), "10"},
            {SqlType.VARCHAR, new StringReader("long text"), "long text"},
            {SqlType.DATE, "2026-03-01", "2026-03-01"},
            {SqlType.DATE, java.sql.Date.valueOf("2026-03-01"), "2026-03-01"},
            {SqlType.DATE, timestamp, "2026-03-01"},
            {SqlType.time(3), LocalTime.parse("01:02:03.456789"), "01:02:03.456"},
            {SqlType.time(0), java.sql.Time.valueOf("01:02:03"), "01:02:03"},
            {SqlType.timestamp(3), LocalDateTime.parse("1969-12-31T23:59:59.999999"), "1969-12-31 23:59:59.999"},
            {SqlType.timestamp(6), timestamp, "2026-03-01 12:00:00.123456"},
            {SqlType.timestamp(0), "2026-03-01 12:00:00.9", "2026-03-01 12:00:00"},
            {SqlType.timestamp(0), Instant.parse("2026-03-01T12:00:00Z"), "2026-03-01 12:00:00"},
            {SqlType.timestampLtz(0), Instant.parse("2026-03-01T12:00:00Z"), "2026-03-01 12:00:00Z"},
            {
                SqlType.timestampLtz(3),
                Timestamp.from(Instant.parse("2026-03-01T12:00:00.5Z")),
                "2026-03-01 12:00:00.500Z"
            },
            {SqlType.timestampLtz(0), "2026-03-01 12:00:00+02:00", "2026-03-01 10:00:00Z"},
        };
        for (Object[] expected : cases) {
            assertEquals(expected[2], sent((SqlType) expected[0], expected[1]), () -> expected[0] + " " + expected[1]);
        }
    }

    /** Sends one value and reads it back as text. */
    private String sent(SqlType type, Object value) throws SQLException {
        RowType row = RowType.of("v", type);
        server.scripts().prepare("echo", StatementKind.QUERY, List.of(type), Optional.of(row));
        server.scripts()
                .on("echo", query -> query.header(row).rows(query.parameters()).complete());
        try (PreparedStatement echo = connection.prepareStatement("echo")) {
            echo.setObject(1, value);
            ResultSet rows = echo.executeQuery();
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    @Test
    void valuesThatDoNotFitAreErrors() throws SQLException {
        Object[][] cases = {
            {SqlType.TINYINT, 128, "22003", "value 128 is out of range for parameter 1 of type TINYINT"},
            {SqlType.INTEGER, "twelve", "22018", "text 'twelve' is not a number"},
            {SqlType.BIGINT, new BigDecimal("1e30"), "22003", null},
            {SqlType.BIGINT, Double.NaN, "22003", null},
            {SqlType.decimal(3, 1), 100, "22003", "value 100 is out of range for parameter 1 of type DECIMAL(3, 1)"},
            {SqlType.DATE, 1, "42804", "parameter 1 of type DATE cannot be set to a whole number"},
            {SqlType.DATE, "2026-02-30", "22018", "text '2026-02-30' is not a date"},
            {SqlType.BOOLEAN, "maybe", "22018", null},
            {SqlType.VARCHAR, new Object(), "0A000", null},
        };
        for (Object[] expected : cases) {
            SQLException error = assertThrows(SQLException.class, () -> sent((SqlType) expected[0], expected[1]));
            assertEquals(expected[2], error.getSQLState(), error::getMessage);
            assertTrue(expected[3] == null || expected[3].equals(error.getMessage()), error::getMessage);
            assertTrue(!error.getSQLState().startsWith("22") || error instanceof SQLDataException);
        }
    }
}
