package io.thalweg.tests.disk;

import io.thalweg.log.Durability;
import io.thalweg.log.LogStore;
import io.thalweg.model.error.ThalwegException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running {@link LogWriterMain}, and what it has said. */
final class WriterProcess {
    private final Process process;
    private final Thread reader;
    /** Guarded by itself. */
    private final List<String> lines = new ArrayList<>();

    /** What the process was told of one row. */
    record Acknowledged(int partition, long offset, StoredRow row, Durability durability) {}

    WriterProcess(Path directory, long firstNumber, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                Stream.of(LogWriterMain.class, LogStore.class, ThalwegException.class)
                        .map(WriterProcess::home)
                        .collect(Collectors.joining(File.pathSeparator)),
                LogWriterMain.class.getName(),
                directory.toString(),
                Long.toString(firstNumber));
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).start();
        reader = new Thread(this::readLines, "writer output");
        reader.start();
    }

    private static String home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said so much, or has ended. */
    void awaitLines(int count) throws InterruptedException {
        while (process.isAlive()) {
            synchronized (lines) {
                if (lines.size() >= count) {
                    return;
                }
            }
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
    }

    /** As {@code kill -9}; returns when all it has said was read. */
    void kill() throws InterruptedException {
        // Not through the process, which would throw away what it has not read.
        process.toHandle().destroyForcibly();
        reader.join();
        process.waitFor();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The rows it was told of. Only after the kill. */
    List<Acknowledged> acknowledged() {
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (String line : linesOf("row", 6)) {
            String[] words = line.split(" ");
            StoredRow row = new StoredRow(Integer.parseInt(words[3]), Long.parseLong(words[4]));
            acknowledged.add(new Acknowledged(
                    Integer.parseInt(words[1]), Long.parseLong(words[2]), row, Durability.valueOf(words[5])));
        }
        return acknowledged;
    }

    /** The partitions of which it said this. Only after the kill. */
    List<Integer> partitions(String word) {
        return linesOf(word, 2).stream()
                .map(line -> Integer.parseInt(line.substring(word.length() + 1)))
                .toList();
    }

    /** What it said that is no report, such as an exception. */
    List<String> complaints() {
        return lines.stream()
                .filter(line -> !line.matches("open|gone .*|(row|created|dropping|dropped) .*"))
                .toList();
    }

    private List<String> linesOf(String word, int words) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " ") && line.split(" ").length == words)
                .toList();
    }
}
