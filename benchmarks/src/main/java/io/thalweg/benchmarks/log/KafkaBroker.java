package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.log.client.KafkaLoadMain;
import io.thalweg.benchmarks.system.JavaProcess;
import io.thalweg.benchmarks.system.ServerProcess;
import io.thalweg.benchmarks.system.Stopwatch;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An Apache Kafka broker in a process of its own, one node that is its own controller, with Kafka's default settings and
 * the JVM flags of its own start script. It and its files are gone when this is closed.
 */
final class KafkaBroker implements AutoCloseable {
    /** Where the jars are; without it, the folder "kafka" beside the benchmark's own jar. */
    private static final String JARS_PROPERTY = "thalweg.bench.kafka";

    private static final int START_SECONDS = 120;
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final List<String> FLAGS = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    private final JavaProcess process;
    private final Path directory;
    private final String bootstrap;

    private KafkaBroker(JavaProcess process, Path directory, String bootstrap) {
        this.process = process;
        this.directory = directory;
        this.bootstrap = bootstrap;
    }

    /** Starts a broker on a free port and waits until it accepts connections. */
    static KafkaBroker start() throws IOException {
        Path directory = Files.createTempDirectory("kafka-bench");
        int port = freePort();
        String bootstrap = "127.0.0.1:" + port;
        Path settings = directory.resolve("server.properties");
        String controller = "127.0.0.1:" + freePort();
        Files.writeString(
                settings,
                String.join(
                        "\n",
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@" + controller,
                        "listeners=PLAINTEXT://" + bootstrap + ",CONTROLLER://" + controller,
                        "controller.listener.names=CONTROLLER",
                        "log.dirs=" + directory.resolve("data"),
                        "message.max.bytes=4194304",
                        "offsets.topic.replication.factor=1",
                        ""));
        List<String> format = List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", settings.toString());
        try (JavaProcess formatting = JavaProcess.start(classPath(), FLAGS, format)) {
            while (formatting.output().readLine() != null) {
                // What it did is of no interest; it ends by itself.
            }
        }
        JavaProcess process = JavaProcess.start(classPath(), FLAGS, List.of("kafka.Kafka", settings.toString()));
        process.ignoreOutput();
        awaitPort(process, port);
        return new KafkaBroker(process, directory, bootstrap);
    }

    private static void awaitPort(JavaProcess process, int port) throws IOException {
        Stopwatch watch = new Stopwatch();
        while (process.handle().isAlive() && watch.seconds() < START_SECONDS) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        process.close();
        throw new IOException("the broker did not start");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Kafka's jars before those of this process, unless this process has them, as in a test. */
    static String classPath() throws IOException {
        if (KafkaBroker.class.getResource("/kafka/Kafka.class") != null) {
            return JavaProcess.ownClassPath();
        }
        String given = System.getProperty(JARS_PROPERTY);
        Path folder = given != null ? Path.of(given) : ownJar().resolveSibling("kafka");
        if (!Files.isDirectory(folder)) {
            throw new IOException("Kafka's jars are not in " + folder
                    + ": start with ./thalweg bench log, or name their " + "folder with -D" + JARS_PROPERTY);
        }
        try (Stream<Path> jars = Files.list(folder)) {
            List<String> names = jars.map(Path::toString).sorted().toList();
            return String.join(File.pathSeparator, names) + File.pathSeparator + JavaProcess.ownClassPath();
        }
    }

    private static Path ownJar() throws IOException {
        try {
            return Path.of(KafkaBroker.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of the benchmark's own jar is unclear", e);
        }
    }

    /** A client of this broker. */
    ClientProcess connect(int batchBytes) throws IOException {
        return new ClientProcess(
                classPath(), List.of(KafkaLoadMain.class.getName(), bootstrap, Integer.toString(batchBytes)));
    }

    double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        process.close();
        ServerProcess.deleteTree(directory);
    }
}
