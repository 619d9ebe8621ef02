package io.thalweg.tests.logic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The queries of SQLite's sqllogictest, whose answers several databases agree on: none may be answered wrongly.
 *
 * <p>{@code -Dthalweg.logic.queries=20000} draws so many over all files, {@code -Dthalweg.logic.files=select} keeps to the
 * files whose name contains a text, {@code -Dthalweg.logic.report=…} writes the report into a file.
 */
class SqlLogicTest {
    private static final int QUERIES = Integer.getInteger("thalweg.logic.queries", 150);
    private static final String FILES = System.getProperty("thalweg.logic.files", "");
    private static final int THREADS = Integer.getInteger("thalweg.logic.threads", 2);
    /** How many queries of a file are worth loading its rows for. */
    private static final int QUERIES_OF_A_FILE = 10;

    private static final int REASONS = 30;

    @Test
    void theAnswersAreThoseOfOtherDatabases() throws Exception {
        check("snapshots", QUERIES, LogicRun::new);
    }

    /** The same as materialized views, which are kept up to date through insertions, updates and deletions. */
    @Test
    void viewsHaveTheSameAnswers() throws Exception {
        check("views", QUERIES / 4, LogicViews::new);
    }

    /** Makes something that runs a file. */
    private interface Way {
        LogicExecution of(LogicFile file, int queries, Random random, LogicReport report);
    }

    private static void check(String what, int queries, Way way) throws Exception {
        long seed = Seeds.fixed("SqlLogicTest");
        List<String> names = new ArrayList<>(
                LogicFile.names().stream().filter(name -> name.contains(FILES)).toList());
        Collections.shuffle(names, new Random(seed));
        List<String> chosen = names.subList(0, Math.min(names.size(), Math.max(1, queries / QUERIES_OF_A_FILE)));
        LogicReport report = run(chosen, queries, seed, way);
        String text = report.text(REASONS);
        System.out.println("SqlLogicTest, " + what + ": " + text);
        write(what, text);
        assertEquals(List.of(), report.wrong());
        assertEquals(List.of(), report.internal());
        assertTrue(report.queries() > 0, "no query was asked");
    }

    private static LogicReport run(List<String> names, int queries, long seed, Way way) throws Exception {
        LogicReport report = new LogicReport();
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int each = (queries + names.size() - 1) / names.size();
            List<Future<?>> running = new ArrayList<>();
            for (String name : names) {
                running.add(threads.submit(() -> {
                    Random random = new Random(seed ^ name.hashCode());
                    way.of(LogicFile.read(name), each, random, report).run();
                    return null;
                }));
            }
            for (Future<?> file : running) {
                file.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println("SqlLogicTest: " + names.size() + " files in " + seconds + " s");
        return report;
    }

    private static void write(String what, String text) throws IOException {
        String path = System.getProperty("thalweg.logic.report");
        if (path != null) {
            Files.writeString(Path.of(path + "." + what), text);
        }
    }
}
