package io.thalweg.benchmarks.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own with a directory of its own, both gone when this is closed. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on [^ ]*:(\\d+)");

    private final Process process;
    private final Path directory;
    private final int port;

    private ServerProcess(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Starts a server on a free port and waits until it is ready. */
    public static ServerProcess start() {
        try {
            Path directory = Files.createTempDirectory("thalweg-bench");
            Process process = command(directory, 0)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ServerProcess(process, directory, awaitPort(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that starts a server with the class path of this process. */
    static ProcessBuilder command(Path directory, int port) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add("io.thalweg.server.ServerMain");
        words.add("--port");
        words.add(Integer.toString(port));
        words.add("--data");
        words.add(directory.toString());
        return new ProcessBuilder(words);
    }

    private static int awaitPort(Process process) throws IOException {
        BufferedReader output = lines(process.getInputStream());
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(output);
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new IOException("the server ended before it was ready");
    }

    private static BufferedReader lines(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Reads on so that the server never waits for someone to read what it prints. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {
                            // Nobody wants it.
                        }
                    } catch (IOException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:thalweg://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteTree(directory);
    }

    static void deleteTree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
