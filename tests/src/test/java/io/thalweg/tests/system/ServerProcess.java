package io.thalweg.tests.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own on a free port, with the class path of the tests. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("is ready on \\S*:(\\d+)");
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readOutput, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a server on a directory, and waits until it is ready. */
    public static ServerProcess start(Path data, String... jvmFlags) throws Exception {
        return start(data, Map.of(), jvmFlags);
    }

    /** Starts a server with variables of the environment. */
    public static ServerProcess start(Path data, Map<String, String> environment, String... jvmFlags) throws Exception {
        ServerProcess server = launch(data, environment, jvmFlags);
        try {
            server.port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (Exception failure) {
            String threads = server.isAlive() ? server.threads() : "";
            server.kill();
            throw new IOException("the server did not start:\n" + server.output + threads, failure);
        }
    }

    /** What its threads are doing. */
    private String threads() throws IOException {
        String command = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asking = new ProcessBuilder(command, Long.toString(process.pid()), "Thread.print").start();
        return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Starts a server that is expected to refuse; returns what it printed once it has ended. */
    public static String refusal(Path data) throws Exception {
        try (ServerProcess server = launch(data, Map.of())) {
            if (!server.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the server did not end:\n" + server.output);
            }
            server.port.handle((port, failure) -> port).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return "exit code " + server.process.exitValue() + "\n" + server.output;
        }
    }

    private static ServerProcess launch(Path data, Map<String, String> environment, String... jvmFlags)
            throws IOException {
        List<String> words = new ArrayList<>(command(jvmFlags));
        words.addAll(List.of("io.thalweg.server.ServerMain", "--port", "0", "--data", data.toString()));
        // What lies beside the data directory can be copied, and jars there can be called.
        String beside = data.toAbsolutePath().getParent().toString();
        words.addAll(List.of("--files", beside, "--functions", beside));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    /** The start of a command line for a JVM with the class path of the tests. */
    public static List<String> command(String... jvmFlags) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        words.addAll(List.of("-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true"));
        words.addAll(List.of("-cp", classPath()));
        // Last, so that they may name another class path.
        words.addAll(List.of(jvmFlags));
        return words;
    }

    /** The class path of the tests. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
        } catch (IOException killed) {
            output.append("(the rest was lost)\n");
        }
        port.completeExceptionally(new IOException("the server has ended"));
    }

    /** The port it listens on. */
    public int port() {
        return port.join();
    }

    /** What to connect to. */
    public String url() {
        return "jdbc:thalweg://127.0.0.1:" + port() + "/";
    }

    /** A new connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** What it has printed. */
    public String output() {
        return output.toString();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process itself, for those who do other things to it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as an administrator does; returns its exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop:\n" + output);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
