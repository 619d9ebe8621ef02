package io.thalweg.benchmarks.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own with a directory of its own, both gone when this is closed. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on [^ ]*:(\\d+)");

    private final JavaProcess process;
    private final Path directory;
    private final int port;

    private ServerProcess(JavaProcess process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Starts a server on a free port and waits until it is ready. */
    public static ServerProcess start() {
        return start(List.of());
    }

    /** The same with these flags for the JVM. */
    public static ServerProcess start(List<String> flags) {
        try {
            Path directory = Files.createTempDirectory("thalweg-bench");
            JavaProcess process = JavaProcess.start(
                    JavaProcess.ownClassPath(),
                    flags,
                    List.of(
                            "io.thalweg.server.ServerMain",
                            "--port",
                            "0",
                            "--data",
                            directory.resolve("data").toString(),
                            "--files",
                            directory.toString()));
            return new ServerProcess(process, directory, awaitPort(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int awaitPort(JavaProcess process) throws IOException {
        BufferedReader output = process.output();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                process.ignoreOutput();
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new IOException("the server ended before it was ready");
    }

    /** Where JDBC finds it. */
    public String url() {
        return "jdbc:thalweg://127.0.0.1:" + port + "/";
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** The processor time it took so far. */
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        process.close();
        deleteTree(directory);
    }

    /** Deletes a directory with all that is in it. */
    public static void deleteTree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
