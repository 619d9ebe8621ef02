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
        long seed = Seeds.fixed("SqlLogicTest");
        List<String> names = new ArrayList<>(
                LogicFile.names().stream().filter(name -> name.contains(FILES)).toList());
        Collections.shuffle(names, new Random(seed));
        List<String> chosen = names.subList(0, Math.min(names.size(), Math.max(1, QUERIES / QUERIES_OF_A_FILE)));
        LogicReport report = run(chosen, seed);
        String text = report.text(REASONS);
        System.out.println("SqlLogicTest: " + text);
        write(text);
        assertEquals(List.of(), report.wrong());
        assertEquals(List.of(), report.internal());
        assertTrue(report.queries() > 0, "no query was asked");
    }

    private static LogicReport run(List<String> names, long seed) throws Exception {
        LogicReport report = new LogicReport();
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int each = (QUERIES + names.size() - 1) / names.size();
            List<Future<?>> running = new ArrayList<>();
            for (String name : names) {
                running.add(threads.submit(() -> {
                    Random random = new Random(seed ^ name.hashCode());
                    new LogicRun(LogicFile.read(name), each, random, report).run();
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

    private static void write(String text) throws IOException {
        String path = System.getProperty("thalweg.logic.report");
        if (path != null) {
            Files.writeString(Path.of(path), text);
        }
    }
}
