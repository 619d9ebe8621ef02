package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.log.client.JdbcLoadMain;
import io.thalweg.benchmarks.log.client.Rows;
import io.thalweg.benchmarks.system.JavaProcess;
import io.thalweg.benchmarks.system.ServerProcess;
import io.thalweg.benchmarks.system.Stopwatch;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;

/** A client and the server it talks to, each in a process of its own, that are told to append and to read. */
final class Contender implements AutoCloseable {
    private final String name;
    private final ClientProcess client;
    private final DoubleSupplier serverCpuSeconds;

    private Contender(String name, ClientProcess client, DoubleSupplier serverCpuSeconds) {
        this.name = name;
        this.client = client;
        this.serverCpuSeconds = serverCpuSeconds;
    }

    /** Thalweg's JDBC driver. */
    static Contender thalweg(ServerProcess server, int batchBytes) throws IOException {
        String batchRows = Integer.toString(batchBytes / Rows.ROW_BYTES);
        ClientProcess client = new ClientProcess(
                JavaProcess.ownClassPath(), List.of(JdbcLoadMain.class.getName(), server.url(), batchRows));
        return new Contender("Thalweg", client, server::cpuSeconds);
    }

    /** Kafka's producer and consumer. */
    static Contender kafka(KafkaBroker broker, String name, int batchBytes) throws IOException {
        return new Contender(name, broker.connect(batchBytes), broker::cpuSeconds);
    }

    String name() {
        return name;
    }

    /** Does what the order says, see the client, and measures it. */
    Measurement run(String order) throws IOException {
        double before = cpuSeconds();
        Stopwatch watch = new Stopwatch();
        client.run(order);
        return new Measurement(watch.seconds(), cpuSeconds() - before);
    }

    private double cpuSeconds() {
        return client.cpuSeconds() + serverCpuSeconds.getAsDouble();
    }

    @Override
    public void close() {
        client.close();
    }
}
