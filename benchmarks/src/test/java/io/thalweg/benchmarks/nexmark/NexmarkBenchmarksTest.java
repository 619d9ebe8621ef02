package io.thalweg.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Nexmark runs, with few events; that its answers are right is tested beside the other answers. */
@Timeout(300)
class NexmarkBenchmarksTest {
    @Test
    void measuresQueries() {
        int status = new CommandLine(new NexmarkBenchmarks()).execute("q0", "q4", "--events", "2000", "--runs", "1");
        assertEquals(0, status, "exit status");
    }

    /** Of fifty events one is a person and three are auctions. */
    @Test
    void mixesKinds() {
        long people = 0;
        long auctions = 0;
        for (long n = 0; n < 5_000; n++) {
            NexmarkEvents.Kind kind = NexmarkEvents.kind(n);
            people += kind == NexmarkEvents.Kind.PERSON ? 1 : 0;
            auctions += kind == NexmarkEvents.Kind.AUCTION ? 1 : 0;
        }
        assertEquals(100, people);
        assertEquals(300, auctions);
    }
}
