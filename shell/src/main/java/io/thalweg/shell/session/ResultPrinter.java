package io.thalweg.shell.session;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.jdbc.client.Arrival;
import io.thalweg.shell.result.RowWriter;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Shows one result, whether it ends or not, and stops where the user asked for it. */
final class ResultPrinter {
    /** So long the heading of an endless result waits for its first rows, to know how wide they are. */
    private static final Duration FIRST_ROW = Duration.ofMillis(500);

    /** So long it waits for more of them. */
    private static final Duration MORE_ROWS = Duration.ofMillis(40);

    private static final Duration IDLE = Duration.ofMillis(200);

    /** To ask whether the reader of the output is still there costs a flush. */
    private static final int ROWS_BETWEEN_CHECKS = 1024;

    private final PrintWriter out;
    private final Cancellation cancellation;

    ResultPrinter(PrintWriter out, Cancellation cancellation) {
        this.out = out;
        this.cancellation = cancellation;
    }

    /**
     * What was shown.
     *
     * @param stopped whether the user stopped the result, or the reader of the output went away
     * @param cut whether values were cut to fit the terminal
     */
    record Shown(long rows, boolean stopped, boolean cut) {}

    Shown print(ResultSet result, RowWriter writer) throws SQLException {
        ThalwegResultSet stream = result.unwrap(ThalwegResultSet.class);
        ResultColumns columns = new ResultColumns(stream);
        writer.begin(columns.columns());
        Counter rows = new Counter();
        boolean stopped;
        try {
            stopped = stream.isEndless()
                    ? printEndless(stream, columns, writer, rows)
                    : printAll(result, columns, writer, rows);
        } catch (SQLException failure) {
            boolean isStop = cancellation.isCauseOf(failure);
            if (isStop || rows.value > 0) {
                writer.end();
            }
            if (!isStop) {
                throw failure;
            }
            stopped = true;
        }
        return new Shown(rows.value, stopped, writer.cutValues());
    }

    /** How many rows were written, also when the result ends in an error. */
    private static final class Counter {
        long value;
    }

    /** Returns whether the result was stopped before its end. */
    private boolean printAll(ResultSet result, ResultColumns columns, RowWriter writer, Counter rows)
            throws SQLException {
        boolean stopped = false;
        while (!stopped && result.next()) {
            writer.row(columns.row());
            rows.value++;
            stopped = cancellation.isRequested() || (rows.value % ROWS_BETWEEN_CHECKS == 0 && out.checkError());
        }
        writer.end();
        return stopped;
    }

    /** Returns whether the result was stopped, which is how such a result usually ends. */
    private boolean printEndless(ThalwegResultSet result, ResultColumns columns, RowWriter writer, Counter rows)
            throws SQLException {
        boolean headingShown = false;
        boolean stopped = false;
        while (!stopped) {
            Arrival arrival = result.nextWithin(Duration.ZERO);
            if (arrival == Arrival.NOTHING_YET) {
                // Nothing else waits: everything goes out now, and the reader of the output may turn out to be gone.
                stopped = headingShown && out.checkError();
                arrival = result.nextWithin(headingShown ? IDLE : rows.value == 0 ? FIRST_ROW : MORE_ROWS);
            }
            switch (arrival) {
                case ROW -> {
                    writer.row(columns.row());
                    rows.value++;
                }
                case NOTHING_YET -> {
                    writer.pause();
                    headingShown = true;
                }
                case END -> {
                    writer.end();
                    return false;
                }
            }
            stopped |= cancellation.isRequested();
        }
        writer.end();
        return true;
    }
}
