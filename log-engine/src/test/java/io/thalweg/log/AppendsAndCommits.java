package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.simulation.SteppingClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.Lincheck;

/** Two threads append while a third commits; whatever the interleaving, every append gets its place, and just one. */
final class AppendsAndCommits {
    private AppendsAndCommits() {}

    /** Runs the scenario outside of a test, for classes that are on the class path in a mutated form. */
    public static void main(String[] arguments) {
        Lincheck.runConcurrentTest(Integer.parseInt(arguments[0]), AppendsAndCommits::run);
    }

    static void run() {
        LogStore store = LogStore.openWithoutThreads(
                new MemoryFileSystem(), Path.of("/data"), LogTester.SMALL, new SteppingClock());
        PartitionLog log = store.create(LogTester.ID);
        List<CompletableFuture<AppendResult>> first = new ArrayList<>();
        List<CompletableFuture<AppendResult>> second = new ArrayList<>();
        Thread appender = new Thread(() -> append(log, "first", first));
        Thread other = new Thread(() -> append(log, "second", second));
        Thread committer = new Thread(store::commitPending);
        List.of(appender, other, committer).forEach(Thread::start);
        try {
            appender.join();
            other.join();
            committer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        store.commitPending();
        Set<Long> offsets = new TreeSet<>();
        for (List<CompletableFuture<AppendResult>> results : List.of(first, second)) {
            long previous = -1;
            for (CompletableFuture<AppendResult> result : results) {
                assertTrue(result.isDone(), "an append waits for ever");
                long offset = result.join().baseOffset();
                assertTrue(offset > previous, "appends of one thread have changed places");
                assertTrue(offsets.add(offset), "two appends have one place");
                previous = offset;
            }
        }
        assertEquals(4, log.endOffset());
        assertEquals(4, LogTester.readAll(log).size());
    }

    private static void append(PartitionLog log, String text, List<CompletableFuture<AppendResult>> results) {
        results.add(log.append(LogTester.row(text + " one")));
        results.add(log.append(LogTester.row(text + " two")));
    }
}
