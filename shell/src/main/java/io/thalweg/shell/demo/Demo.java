package io.thalweg.shell.demo;

import io.thalweg.jdbc.ThalwegDriver;
import io.thalweg.model.time.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main job: creates a stream and a table, starts the continuous query, then feeds the flights while the query's rows
 * are shown, until the rows count every flight. One use per object.
 */
final class Demo {
    private static final long TICK_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** After the last insert, the result may take so long to be complete. */
    private static final long MAX_WAIT_MILLIS = 60_000;

    private final String url;
    private final DemoData data;
    private final DemoScreen screen;
    private final Clock clock;
    private final CountDownLatch stop;
    private final DelayBoard board = new DelayBoard();

    /** Everything but the pace; {@code stop} ends the demonstration early when it reaches zero. */
    Demo(String url, DemoData data, DemoScreen screen, Clock clock, CountDownLatch stop) {
        this.url = url;
        this.data = data;
        this.screen = screen;
        this.clock = clock;
        this.stop = stop;
    }

    /**
     * What came out.
     *
     * @param complete whether the rows count every flight that they should
     */
    record Outcome(List<DelayRow> rows, long changes, long millis, boolean complete) {}

    /**
     * Runs to the end.
     *
     * @param paceMillis how long the feed is stretched, 0 for as fast as it goes
     */
    Outcome run(long paceMillis) throws SQLException, InterruptedException {
        try (Connection connection = connect()) {
            createObjects(connection);
            FlightFeed.insertAirports(connection, data.airports());
            long started = clock.monotonicNanos();
            try (DelaySubscription subscription = DelaySubscription.start(connect(), board);
                    FlightFeed feed = new FlightFeed(connection, data.flights())) {
                feedAll(feed, subscription, started, paceMillis);
                boolean complete = awaitResult(subscription);
                if (stop.getCount() > 0) {
                    screen.finish(progress(feed.inserted()));
                }
                return new Outcome(board.rows(), board.changes(), millisSince(started), complete);
            }
        }
    }

    private Connection connect() throws SQLException {
        return Optional.ofNullable(new ThalwegDriver().connect(url, new Properties()))
                .orElseThrow(() -> new SQLException("not a Thalweg address: " + url));
    }

    private static void createObjects(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DemoSql.CREATE_AIRPORTS);
            statement.execute(DemoSql.CREATE_FLIGHTS);
        }
    }

    private void feedAll(FlightFeed feed, DelaySubscription subscription, long started, long paceMillis)
            throws SQLException, InterruptedException {
        int total = data.flights().size();
        while (!feed.isDone() && stop.getCount() > 0) {
            failWith(subscription);
            long elapsed = millisSince(started);
            feed.insertUpTo(paceMillis == 0 ? total : (int) Math.min(total, total * elapsed / paceMillis));
            screen.show(progress(feed.inserted()));
            if (paceMillis > 0) {
                pause();
            }
        }
    }

    /** Waits until the rows count all flights; gives up after a time, or when the user stops it. */
    private boolean awaitResult(DelaySubscription subscription) throws SQLException, InterruptedException {
        long expected = data.flights().size() - data.flightsWithoutAirport();
        long started = clock.monotonicNanos();
        while (board.flights() != expected && stop.getCount() > 0 && millisSince(started) < MAX_WAIT_MILLIS) {
            failWith(subscription);
            pause();
        }
        return board.flights() == expected;
    }

    private static void failWith(DelaySubscription subscription) throws SQLException {
        Optional<Exception> failure = subscription.failure();
        if (failure.isPresent()) {
            throw failure.get() instanceof SQLException thrown
                    ? thrown
                    : new SQLException(failure.get().getMessage(), "XX000", failure.get());
        }
    }

    private DemoProgress progress(int loaded) {
        LocalDateTime reached = data.flights().get(Math.max(0, loaded - 1)).departure();
        return new DemoProgress(loaded, data.flights().size(), reached, board.rows());
    }

    private void pause() throws InterruptedException {
        stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private long millisSince(long started) {
        return (clock.monotonicNanos() - started) / NANOS_PER_MILLI;
    }
}
