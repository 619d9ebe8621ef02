package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.client.Arrival;
import io.thalweg.jdbc.twin.TwinQuery;
import io.thalweg.jdbc.twin.TwinServer;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueryTest {
    private static final RowType NUMBERS = RowType.of("n", SqlType.BIGINT);

    private TwinServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws IOException, SQLException {
        server = TwinServer.start();
        connection = DriverManager.getConnection(server.url());
        statement = connection.createStatement();
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    private static DeltaBatch numbers(long from, int count) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(NUMBERS);
        for (int i = 0; i < count; i++) {
            builder.column(0).appendLong(from + i);
            builder.endRow();
        }
        return builder.build();
    }

    /** Runs on another thread, so that this one can disturb it. */
    private static <T> FutureTask<T> inBackground(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static SQLException failureOf(FutureTask<?> task) {
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        return (SQLException) failure.getCause();
    }

    private static void awaitWaiting(FutureTask<?> task) throws InterruptedException {
        Thread.sleep(100);
        assertFalse(task.isDone());
    }

    @Test
    void resultThatEndsIsReadToItsEnd() throws SQLException {
        server.scripts()
                .on(
                        "q",
                        query -> query.header(NUMBERS)
                                .rows(numbers(1, 2))
                                .rows(numbers(3, 1))
                                .complete());
        ResultSet rows = statement.executeQuery("q");
        assertTrue(rows.isBeforeFirst());
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong("N");
        }
        assertEquals(6, sum);
        assertTrue(rows.isAfterLast());
        assertFalse(rows.next());
        assertEquals(
                "24000", assertThrows(SQLException.class, () -> rows.getLong(1)).getSQLState());
        assertEquals(-1, statement.getUpdateCount());
        assertFalse(statement.getMoreResults());
        assertTrue(rows.isClosed());
    }

    @Test
    void rowsOfGreaterWeightAreShownAsOften() throws SQLException {
        DeltaBatch batch = numbers(7, 2).withWeights(new int[] {3, 1});
        server.scripts().on("q", query -> query.header(NUMBERS).rows(batch).complete());
        ResultSet rows = statement.executeQuery("q");
        StringBuilder seen = new StringBuilder();
        while (rows.next()) {
            seen.append(rows.getInt(1)).append('@').append(rows.getRow()).append(' ');
        }
        assertEquals("7@1 7@2 7@3 8@4 ", seen.toString());
    }

    @Test
    void endlessQueryReturnsBeforeItHasRowsAndShowsEachAtOnce() throws Exception {
        server.scripts().on("q", query -> {
            query.endless(NUMBERS);
            query.awaitCancel();
        });
        ThalwegResultSet rows = statement.executeQuery("q").unwrap(ThalwegResultSet.class);
        assertTrue(rows.isEndless());
        assertEquals(Arrival.NOTHING_YET, rows.nextWithin(Duration.ofMillis(50)));
        FutureTask<Boolean> next = inBackground(rows::next);
        awaitWaiting(next);
        long id = server.scripts().received(Execute.class).get(0).queryId();
        assertEquals(1, id);
        statement.cancel();
        assertEquals("57014", failureOf(next).getSQLState());
    }

    @Test
    void nextWithinTellsRowsFromWaitingFromTheEnd() throws SQLException {
        server.scripts().on("q", query -> {
            query.endless(NUMBERS).rows(numbers(1, 1));
            query.progress(4, 1_000_000);
            query.rows(numbers(2, 1)).progress(5, 2_000_000).complete();
        });
        ThalwegResultSet rows = statement.executeQuery("q").unwrap(ThalwegResultSet.class);
        assertEquals(0, rows.step());
        assertEquals(OptionalLong.empty(), rows.watermark());
        assertEquals(Arrival.ROW, rows.nextWithin(Duration.ofSeconds(10)));
        assertEquals(0, rows.step());
        assertEquals(Arrival.ROW, rows.nextWithin(Duration.ofSeconds(10)));
        assertEquals(4, rows.step());
        assertEquals(OptionalLong.of(1_000_000), rows.watermark());
        assertEquals(Arrival.END, rows.nextWithin(Duration.ofSeconds(10)));
        assertEquals(5, rows.step());
    }

    @Test
    void cancelWakesNextAndLeavesTheConnectionUsable() throws Exception {
        server.scripts().on("endless", query -> query.endless(NUMBERS).rows(numbers(1, 1)));
        server.scripts()
                .on("short", query -> query.header(NUMBERS).rows(numbers(5, 1)).complete());
        ResultSet rows = statement.executeQuery("endless");
        assertTrue(rows.next());
        FutureTask<Boolean> next = inBackground(rows::next);
        awaitWaiting(next);
        statement.cancel();
        SQLException error = failureOf(next);
        assertEquals("57014", error.getSQLState());
        assertEquals(ErrorCode.QUERY_CANCELED.number(), error.getErrorCode());
        assertEquals("57014", assertThrows(SQLException.class, rows::next).getSQLState());
        server.scripts().await(Cancel.class, cancel -> true);
        ResultSet again = statement.executeQuery("short");
        assertTrue(again.next());
        assertEquals(5, again.getInt(1));
        assertTrue(rows.isClosed());
    }

    @Test
    void cancelEndsRowsThatHaveArrivedToo() throws SQLException {
        server.scripts().on("q", query -> query.endless(NUMBERS).rows(numbers(1, 1_000)));
        ResultSet rows = statement.executeQuery("q");
        assertTrue(rows.next());
        statement.cancel();
        assertEquals("57014", assertThrows(SQLException.class, rows::next).getSQLState());
    }

    @Test
    void cancelOfAnUpdateWaitsForTheServersWord() throws Exception {
        server.scripts().on("INSERT 1", query -> {
            query.ignoreCancel().awaitCancel();
            query.complete(3, "");
        });
        FutureTask<Integer> update = inBackground(() -> statement.executeUpdate("INSERT 1"));
        server.scripts().await(Execute.class, execute -> true);
        awaitWaiting(update);
        statement.cancel();
        assertEquals(3, update.get());
        server.scripts().on("INSERT 2", TwinQuery::awaitCancel);
        FutureTask<Integer> second = inBackground(() -> statement.executeUpdate("INSERT 2"));
        server.scripts().await(Execute.class, execute -> execute.sql().equals("INSERT 2"));
        awaitWaiting(second);
        statement.cancel();
        assertEquals("query was cancelled", failureOf(second).getMessage());
    }

    @Test
    void cancelWithNothingToCancelDoesNothing() throws SQLException {
        statement.cancel();
        server.scripts().on("q", query -> query.header(NUMBERS).complete());
        ResultSet rows = statement.executeQuery("q");
        assertFalse(rows.next());
        statement.cancel();
        assertFalse(rows.next());
        assertEquals(0, server.scripts().received(Cancel.class).size());
    }

    @Test
    void closeWakesNextAndTellsTheServer() throws Exception {
        server.scripts().on("q", query -> query.endless(NUMBERS));
        ResultSet rows = statement.executeQuery("q");
        FutureTask<Boolean> next = inBackground(rows::next);
        awaitWaiting(next);
        statement.close();
        assertEquals("57014", failureOf(next).getSQLState());
        server.scripts().await(CloseQuery.class, close -> true);
        assertEquals("55000", assertThrows(SQLException.class, rows::next).getSQLState());
        assertTrue(statement.isClosed());
        assertTrue(connection.isValid(5));
    }

    @Test
    void interruptWakesNext() throws Exception {
        server.scripts().on("q", query -> query.endless(NUMBERS));
        ResultSet rows = statement.executeQuery("q");
        Thread.currentThread().interrupt();
        SQLException error = assertThrows(SQLException.class, rows::next);
        assertTrue(Thread.interrupted());
        assertEquals("57014", error.getSQLState());
    }

    @Test
    void maxRowsEndsWithoutWaitingForAnotherRow() throws Exception {
        server.scripts().on("q", query -> query.endless(NUMBERS).rows(numbers(1, 5)));
        statement.setMaxRows(3);
        ResultSet rows = statement.executeQuery("q");
        for (int i = 1; i <= 3; i++) {
            assertTrue(rows.next());
        }
        assertFalse(rows.next());
        assertEquals(
                3, server.scripts().await(Execute.class, e -> true).options().maxRows());
        server.scripts().await(CloseQuery.class, close -> true);
    }

    @Test
    void timeoutOfAStatementThatDoesNotAnswer() throws Exception {
        server.scripts().on("q", TwinQuery::awaitCancel);
        statement.setQueryTimeout(1);
        assertThrows(SQLTimeoutException.class, () -> statement.executeQuery("q"));
        assertEquals(
                1_000, server.scripts().received(Execute.class).get(0).options().timeoutMillis());
        server.scripts().await(Cancel.class, cancel -> true);
        assertTrue(connection.isValid(5));
    }

    @Test
    void timeoutCoversTheFirstRowAndEachRowOfAnEndlessResult() throws Exception {
        server.scripts().on("empty", query -> query.header(NUMBERS));
        server.scripts().on("endless", query -> query.endless(NUMBERS).rows(numbers(1, 1)));
        statement.setQueryTimeout(1);
        ResultSet rows = statement.executeQuery("empty");
        SQLException error = assertThrows(SQLTimeoutException.class, rows::next);
        assertEquals("statement was stopped after its timeout of 1000 ms", error.getMessage());
        assertEquals("57014", error.getSQLState());
        ResultSet endless = statement.executeQuery("endless");
        assertTrue(endless.next());
        assertThrows(SQLTimeoutException.class, endless::next);
        long first = server.scripts().received(Cancel.class).get(0).queryId();
        server.scripts().await(Cancel.class, cancel -> cancel.queryId() != first);
    }

    @Test
    void resultIsNotFetchedBeyondItsCredit() throws Exception {
        server.scripts().on("q", query -> {
            query.endless(NUMBERS);
            for (int i = 0; i < 100; i++) {
                query.rows(numbers(i, 1));
            }
            query.complete();
        });
        try (Connection small = DriverManager.getConnection(server.url() + "?prefetch=4")) {
            Statement reader = small.createStatement();
            ResultSet rows = reader.executeQuery("q");
            awaitNothing();
            int count = 0;
            while (rows.next()) {
                assertEquals(count++, rows.getInt(1));
            }
            assertEquals(100, count);
        }
    }

    private static void awaitNothing() throws InterruptedException {
        Thread.sleep(100);
    }

    @Test
    void serverThatSendsBeyondTheCreditIsDropped() throws SQLException {
        server.scripts().on("q", query -> {
            query.endless(NUMBERS);
            for (int i = 0; i < 20; i++) {
                query.say(new Rows(query.id(), RowBlock.of(numbers(i, 1))));
            }
        });
        SQLException error = assertThrows(SQLException.class, () -> {
            ResultSet rows = statement.executeQuery("q");
            for (int i = 0; i < 21; i++) {
                Thread.sleep(20);
                rows.next();
            }
        });
        assertEquals("08P01", error.getSQLState());
    }

    @Test
    void rowsThatDoNotFitTheHeaderAreAnError() throws SQLException {
        server.scripts()
                .on("q", query -> query.header(RowType.of("t", SqlType.VARCHAR)).rows(numbers(1, 1)));
        ResultSet rows = statement.executeQuery("q");
        assertEquals("08P01", assertThrows(SQLException.class, rows::next).getSQLState());
    }

    @Test
    void rowsBeforeAFailureAreShown() throws SQLException {
        server.scripts()
                .on(
                        "q",
                        query -> query.header(NUMBERS)
                                .rows(numbers(1, 1))
                                .fail(new ThalwegException(ErrorCode.DIVISION_BY_ZERO, "division by zero")));
        ResultSet rows = statement.executeQuery("q");
        assertTrue(rows.next());
        SQLException error = assertThrows(SQLException.class, rows::next);
        assertEquals("22012", error.getSQLState());
        assertEquals(2002, error.getErrorCode());
    }

    @Test
    void errorsKeepPlaceAndHint() {
        SourceSpan span = new SourceSpan(1, 8, 1, 12);
        server.scripts()
                .on(
                        "q",
                        query -> query.fail(new ThalwegException(ErrorCode.UNDEFINED_COLUMN, "no column 'spead'")
                                .at(span)
                                .withHint("Did you mean 'speed'?")));
        SQLException error = assertThrows(SQLSyntaxErrorException.class, () -> statement.executeQuery("q"));
        assertEquals("no column 'spead' (line 1, column 8)", error.getMessage());
        assertEquals("42703", error.getSQLState());
        assertEquals(
                new ErrorDetail(
                        ErrorCode.UNDEFINED_COLUMN,
                        "no column 'spead'",
                        Optional.of(span),
                        Optional.of("Did you mean 'speed'?")),
                ErrorDetail.of(error).orElseThrow());
    }

    @Test
    void severalQueriesRunAtOnce() throws SQLException {
        server.scripts().on("a", query -> query.endless(NUMBERS).rows(numbers(1, 1)));
        server.scripts()
                .on("b", query -> query.header(NUMBERS).rows(numbers(2, 1)).complete());
        ResultSet first = statement.executeQuery("a");
        ResultSet second = connection.createStatement().executeQuery("b");
        assertTrue(second.next() && first.next());
        assertEquals(1, first.getInt(1));
        assertEquals(2, second.getInt(1));
        assertNotEquals(first.getStatement(), second.getStatement());
    }

    @Test
    void updatesCountAndWarn() throws SQLException {
        server.scripts().on("INSERT 1", query -> query.complete(3, "", "one row was late"));
        server.scripts().on("q", query -> query.header(NUMBERS).complete());
        assertFalse(statement.execute("INSERT 1"));
        assertEquals(3, statement.getUpdateCount());
        assertNull(statement.getResultSet());
        assertEquals("one row was late", statement.getWarnings().getMessage());
        assertFalse(statement.getMoreResults());
        assertEquals(-1, statement.getUpdateCount());
        assertEquals(
                "55000",
                assertThrows(SQLException.class, () -> statement.executeQuery("INSERT 1"))
                        .getSQLState());
        assertEquals(
                "55000",
                assertThrows(SQLException.class, () -> statement.executeUpdate("q"))
                        .getSQLState());
        assertTrue(statement.execute("q"));
        assertSame(statement, statement.getResultSet().getStatement());
        assertNull(statement.getWarnings());
    }

    @Test
    void closeOnCompletionClosesTheStatementWithItsResult() throws SQLException {
        server.scripts().on("q", query -> query.header(NUMBERS).complete());
        statement.closeOnCompletion();
        statement.executeQuery("q").close();
        assertTrue(statement.isClosed());
    }

    @Test
    void batchOfTextsStopsAtTheFirstFailure() throws SQLException {
        server.scripts().on("INSERT 1", query -> query.complete(1, ""));
        statement.addBatch("INSERT 1");
        statement.addBatch("INSERT 1");
        assertEquals(2, statement.executeBatch().length);
        statement.addBatch("INSERT 1");
        statement.addBatch("nothing");
        java.sql.BatchUpdateException error =
                assertThrows(java.sql.BatchUpdateException.class, statement::executeBatch);
        assertEquals(1, error.getUpdateCounts().length);
        assertEquals("42P01", error.getSQLState());
        assertTrue(ErrorDetail.of(error).isPresent());
    }
}
