package io.thalweg.benchmarks.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, ended when this is closed. What it says on standard error is shown. */
public final class JavaProcess implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Process process;
    private final BufferedReader output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a program with the Java of this process.
     *
     * @param command the main class and its arguments
     */
    public static JavaProcess start(String classPath, List<String> flags, List<String> command) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.add("-cp");
        words.add(classPath);
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Nobody is left behind when the benchmark itself is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-of-process"));
        return new JavaProcess(process);
    }

    /** The class path of this process. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** What it prints. */
    public BufferedReader output() {
        return output;
    }

    /** The process itself. */
    public Process handle() {
        return process;
    }

    /** Reads on so that the program never waits for someone to read what it prints. */
    public void ignoreOutput() {
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
                "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The processor time it took so far, of all its threads. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Ends it the hard way (kill -9 where there is such a thing) and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
