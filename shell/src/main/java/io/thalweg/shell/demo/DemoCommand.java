package io.thalweg.shell.demo;

import io.thalweg.model.time.SystemClock;
import io.thalweg.shell.text.ErrorDetails;
import io.thalweg.shell.text.ErrorText;
import io.thalweg.shell.text.Look;
import io.thalweg.shell.text.ProductVersion;
import io.thalweg.shell.text.StandardStreams;
import io.thalweg.shell.text.SystemTerminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code thalweg demo}: sets the demonstration up, and tells what came out. */
@Command(
        name = "thalweg demo",
        description = "Feeds 20,000 real flights through one continuous SQL query, everything in this process,"
                + " and shows the rows of the query while they change.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 every flight is in the result, 1 it failed, 2 a wrong option, 130 stopped by Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    private static final long PACE_MILLIS = 22_000;
    private static final long STOP_SECONDS = 10;
    private static final String EXISTS = "42P07";
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    @Option(names = "--fast", description = "Feed the flights as fast as it goes, instead of in about 22 seconds.")
    private boolean fast;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Keep the database in this directory, instead of in one that is deleted in the end.")
    private @Nullable Path directory;

    @Option(names = "--rows", paramLabel = "N", description = "Feed only the first N flights.")
    private int rows = Integer.MAX_VALUE;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the final rows to a CSV file: week,city,flights,average_delay,delayed_share.")
    private @Nullable Path output;

    @Option(names = "--no-color", description = "Do not use colours.")
    private boolean noColor;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rows < 1) {
            return fail(ErrorDetails.of("--rows takes a number above 0, not " + rows, "Leave it out for all flights."));
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // Ctrl-C: the process may end only after the database is closed and its directory deleted.
        Thread hook = new Thread(() -> stopAndWait(stop, stopped), "thalweg-demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return runIn(stop);
        } catch (SQLException failure) {
            ErrorDetails details = ErrorDetails.of(failure);
            return fail(
                    details.sqlState().equals(EXISTS)
                            ? details.withHint("The demonstration wants a directory that holds no database yet.")
                            : details);
        } finally {
            stopped.countDown();
        }
    }

    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private int runIn(CountDownLatch stop) throws IOException, SQLException, InterruptedException {
        DemoData data = DemoData.load(rows);
        try (DemoDirectory place = DemoDirectory.open(directory);
                DemoScreen screen = openScreen(stop)) {
            screen.say("Starting a database in this process and loading "
                    + BoardText.number(data.airports().size()) + " airports ...\n\n");
            Demo demo = new Demo("jdbc:thalweg:embedded:" + place.path(), data, screen, new SystemClock(), stop);
            Demo.Outcome outcome = demo.run(fast ? 0 : PACE_MILLIS);
            if (stop.getCount() == 0) {
                screen.say("\nStopped.\n");
                return INTERRUPTED;
            }
            if (output != null) {
                DelayCsv.write(outcome.rows(), output);
            }
            screen.say(DemoReport.text(outcome, data, place.kept()));
            return outcome.complete() ? 0 : FAILED;
        }
    }

    private DemoScreen openScreen(CountDownLatch stop) throws IOException {
        if (StandardStreams.areTerminal()) {
            Terminal terminal = SystemTerminal.open();
            if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                // The terminal's own handler would end the process at once.
                terminal.handle(Terminal.Signal.INT, signal -> stop.countDown());
                return new LiveScreen(terminal, Look.ofTerminal(System.getenv(), !noColor, terminal::getColumns));
            }
            terminal.close();
        }
        return new PlainScreen(StandardStreams.out());
    }

    private static int fail(ErrorDetails details) {
        PrintWriter messages = StandardStreams.err();
        messages.write(new ErrorText(Look.PLAIN).render(details, ""));
        messages.flush();
        return FAILED;
    }
}
