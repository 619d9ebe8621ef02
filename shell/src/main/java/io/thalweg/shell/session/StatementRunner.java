package io.thalweg.shell.session;

import io.thalweg.jdbc.ThalwegStatement;
import io.thalweg.model.time.Clock;
import io.thalweg.shell.text.ErrorDetails;
import io.thalweg.shell.text.ErrorText;
import io.thalweg.shell.text.Ink;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;

/** Runs one statement and shows what comes back: rows, a count, or an error with its place in the statement. */
final class StatementRunner {
    /** Longer times are shown in seconds. */
    private static final long MAX_MILLIS_SHOWN = 10_000;

    private static final Map<String, String> VERBS =
            Map.of("insert", "inserted", "upsert", "written", "update", "updated", "delete", "deleted");

    private final DatabaseLink link;
    private final ShellOutput output;
    private final ShellSettings settings;
    private final Cancellation cancellation;
    private final Clock clock;

    StatementRunner(
            DatabaseLink link, ShellOutput output, ShellSettings settings, Cancellation cancellation, Clock clock) {
        this.link = link;
        this.output = output;
        this.settings = settings;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /**
     * Runs a statement and shows its results or its error.
     *
     * @param origin the place of the statement in a script, for the error message; empty where the user sees it anyway
     * @return whether a script should go on: the statement succeeded, or the user stopped it
     */
    boolean run(String sql, String origin) {
        PrintWriter out = output.results();
        try (Statement statement = link.connection().createStatement()) {
            cancellation.begin(statement);
            try {
                showAll(statement, sql);
                showWarnings(statement);
            } finally {
                cancellation.end();
            }
            out.flush();
            return true;
        } catch (SQLException failure) {
            out.flush();
            if (cancellation.isCauseOf(failure)) {
                say("\ncancelled");
                return true;
            }
            link.failed(failure);
            report(ErrorDetails.of(failure), failure, sql, origin);
            return false;
        } catch (RuntimeException defect) {
            out.flush();
            String message = "the shell or the driver has a defect: " + defect.getMessage();
            report(ErrorDetails.of(message, "The option --debug shows where."), defect, sql, origin);
            return false;
        }
    }

    private void report(ErrorDetails details, Exception failure, String sql, String origin) {
        PrintWriter messages = output.messages();
        messages.write(origin + new ErrorText(output.look()).render(details, sql));
        if (settings.debug()) {
            failure.printStackTrace(messages);
        }
        messages.flush();
    }

    private void showAll(Statement statement, String sql) throws SQLException {
        long started = clock.monotonicNanos();
        boolean hasRows = statement.execute(sql);
        while (true) {
            if (hasRows) {
                try (ResultSet result = statement.getResultSet()) {
                    showRows(result, started);
                }
            } else {
                long count = statement.getLargeUpdateCount();
                if (count < 0) {
                    return;
                }
                showCount(sql, count, statement.unwrap(ThalwegStatement.class).info(), started);
            }
            hasRows = statement.getMoreResults();
        }
    }

    private void showRows(ResultSet result, long started) throws SQLException {
        PrintWriter out = output.results();
        ResultPrinter printer = new ResultPrinter(out, cancellation);
        ResultPrinter.Shown shown = printer.print(result, settings.format().writer(out, output.look()));
        if (settings.format().isForPeople()) {
            String note = shown.stopped() ? ", cancelled" : "";
            note += shown.cut() ? "; \\format vertical shows long values whole" : "";
            // After Ctrl-C the cursor stands behind the ^C that the terminal shows.
            String lineEnd = cancellation.isRequested() ? "\n" : "";
            say(lineEnd + "(" + rows(shown.rows()) + time(started) + note + ")");
        }
    }

    private void showCount(String sql, long count, String info, long started) {
        if (settings.format().isForPeople()) {
            String verb = VERBS.get(sql.split("\\s", 2)[0].toLowerCase(Locale.ROOT));
            String done = info.isEmpty() ? "ok" : info;
            say((verb == null ? done : rows(count) + " " + verb) + time(started));
        }
    }

    private void showWarnings(Statement statement) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            PrintWriter messages = output.messages();
            messages.write(output.look().paint(Ink.WARM, "warning:") + " " + warning.getMessage() + "\n");
            messages.flush();
        }
    }

    private void say(String text) {
        output.results().write(output.look().paint(Ink.FAINT, text) + "\n");
        output.results().flush();
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }

    private String time(long started) {
        if (!settings.timing()) {
            return "";
        }
        long micros = (clock.monotonicNanos() - started) / 1000;
        return micros < MAX_MILLIS_SHOWN * 1000
                ? String.format(Locale.ROOT, ", %,d ms", (micros + 500) / 1000)
                : String.format(Locale.ROOT, ", %,.1f s", micros / 1e6);
    }
}
