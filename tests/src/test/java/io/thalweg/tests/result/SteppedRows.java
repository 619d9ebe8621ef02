package io.thalweg.tests.result;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.jdbc.client.Arrival;
import io.thalweg.tests.system.Changelog;
import io.thalweg.tests.system.ResultText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Reads an endless query step by step: between two steps its rows must be the answer over some prefix. */
final class SteppedRows {
    private final ThalwegResultSet result;
    private final Changelog rows = new Changelog();
    private final boolean changelog;
    private boolean waiting;
    private long step;

    SteppedRows(ThalwegResultSet result) {
        this.result = result;
        this.changelog = result.isChangelog();
    }

    /**
     * Waits for the end of the next step that has come.
     *
     * @return false if none came in time
     */
    boolean awaitStep(Duration wait) throws SQLException {
        while (true) {
            if (!waiting) {
                Arrival arrival = result.nextWithin(wait);
                if (arrival == Arrival.END) {
                    throw new SQLException("the endless query has ended");
                }
                waiting = arrival == Arrival.ROW;
                if (!waiting && result.step() == step) {
                    return false;
                }
            }
            // The row that waits belongs to a step after this one, whose rows have all been applied.
            if (result.step() > step) {
                step = result.step();
                return true;
            }
            rows.apply(changelog ? result.getString(1) : "+I", ResultText.row(result, changelog ? 2 : 1));
            waiting = false;
        }
    }

    long step() {
        return step;
    }

    List<String> rows() {
        return rows.sorted();
    }
}
