package io.thalweg.benchmarks.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The benchmarks of the log run, with few rows: a broker, both clients, the store, a kill and a start. */
@Timeout(300)
class LogBenchmarksTest {
    @Test
    void comparesWithKafka() {
        run("kafka", "--rows", "2000", "--runs", "1");
    }

    @Test
    void comparesWithABareFile() {
        run("disk", "--rows", "20000", "--runs", "1");
    }

    @Test
    void growsAndRecovers() {
        run("growth", "--rows=2000", "--partitions=1,20", "--recovery-megabytes=10", "--load-seconds=1");
    }

    private static void run(String... arguments) {
        assertEquals(0, new CommandLine(new LogBenchmarks()).execute(arguments), "exit status");
    }
}
