package io.thalweg.log.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The crew does every step once, several at a time, and stops at a failure. */
@Timeout(60)
class DiskCrewTest {
    private static final int SIZE = 4;

    @Test
    void doesEveryStepOnce() throws IOException {
        try (DiskCrew crew = DiskCrew.of(SIZE, "crew")) {
            for (int count = 0; count < 50; count++) {
                AtomicIntegerArray done = new AtomicIntegerArray(count);
                crew.runAll(count, done::incrementAndGet);
                for (int i = 0; i < count; i++) {
                    assertEquals(1, done.get(i));
                }
            }
        }
    }

    @Test
    void doesStepsAtTheSameTime() throws IOException {
        CountDownLatch met = new CountDownLatch(SIZE);
        try (DiskCrew crew = DiskCrew.of(SIZE, "crew")) {
            crew.runAll(SIZE, index -> {
                met.countDown();
                assertTrue(awaitMeeting(met), "the steps did not meet");
            });
        }
    }

    @Test
    void aloneKeepsTheOrder() throws IOException {
        List<Integer> order = new ArrayList<>();
        try (DiskCrew crew = DiskCrew.alone()) {
            crew.runAll(5, order::add);
        }
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    @Test
    void beginsNoMoreAfterAFailureAndWaitsForThoseUnderWay() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        try (DiskCrew crew = DiskCrew.of(SIZE, "crew")) {
            IOException thrown = assertThrows(
                    IOException.class,
                    () -> crew.runAll(1_000, index -> {
                        if (begun.incrementAndGet() == 1) {
                            failed.countDown();
                            throw new IOException("step " + index);
                        }
                        awaitMeeting(failed);
                        ended.incrementAndGet();
                    }));
            assertTrue(thrown.getMessage().startsWith("step "), thrown.getMessage());
            assertEquals(begun.get() - 1, ended.get());
            assertTrue(begun.get() < 1_000, "all steps were begun after the failure");
        }
    }

    @Test
    void passesOnWhatIsNoFailureOfTheDisk() {
        try (DiskCrew crew = DiskCrew.of(SIZE, "crew")) {
            assertThrows(
                    OutOfMemoryError.class,
                    () -> crew.runAll(8, index -> {
                        throw new OutOfMemoryError("simulated");
                    }));
        }
    }

    private static boolean awaitMeeting(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
