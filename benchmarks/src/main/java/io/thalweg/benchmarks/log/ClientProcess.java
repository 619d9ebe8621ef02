package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client in a process of its own that runs a load when told to. */
final class ClientProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    private final JavaProcess process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    /**
     * @param command the class path, the main class and its arguments
     */
    ClientProcess(String classPath, List<String> command) throws IOException {
        this.process = JavaProcess.start(classPath, FLAGS, command);
        this.answers = process.output();
        this.orders =
                new BufferedWriter(new OutputStreamWriter(process.handle().getOutputStream(), StandardCharsets.UTF_8));
        awaitOk("start");
    }

    /** Returns when the load is done. */
    void run(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        awaitOk(order);
    }

    private void awaitOk(String order) throws IOException {
        String answer = answers.readLine();
        if (!"ok".equals(answer)) {
            throw new IOException("client: " + order + ": " + answer);
        }
    }

    double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        process.close();
    }
}
