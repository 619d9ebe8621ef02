package io.thalweg.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.wire.link.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedHandOverTest {
    private static final int FRAMES = 200;

    /** Counts what it gets, and who is inside at once. */
    private static final class Counting implements FrameReceiver {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger frames = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final AtomicInteger afterEnd = new AtomicInteger();

        @Override
        public void onFrame(ByteBuffer frame) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            frames.incrementAndGet();
            afterEnd.addAndGet(ends.get());
            inside.decrementAndGet();
        }

        @Override
        public void onClose(Throwable cause) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            ends.incrementAndGet();
            inside.decrementAndGet();
        }
    }

    @RepeatedTest(50)
    void deliversOneAtATimeAndTheEndOnceAndLast() throws InterruptedException {
        Counting receiver = new Counting();
        OrderedHandOver path = new OrderedHandOver(receiver);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger given = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            boolean closes = i == 0;
            threads[i] = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int n = 0; n < FRAMES; n++) {
                    given.addAndGet(path.give(ByteBuffer.allocate(1)) ? 1 : 0);
                }
                if (closes) {
                    path.close();
                }
            });
            threads[i].start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(given.get(), receiver.frames.get());
        assertEquals(1, receiver.ends.get());
        assertEquals(0, receiver.afterEnd.get());
        assertEquals(1, receiver.most.get());
    }

    @Test
    void aReceiverThatThrowsIsToldTheEnd() {
        AtomicInteger ends = new AtomicInteger();
        OrderedHandOver path = new OrderedHandOver(new FrameReceiver() {
            @Override
            public void onFrame(ByteBuffer frame) {
                throw new IllegalStateException("cannot read this");
            }

            @Override
            public void onClose(Throwable cause) {
                ends.incrementAndGet();
            }
        });
        assertThrows(IllegalStateException.class, () -> path.give(ByteBuffer.allocate(1)));
        assertEquals(1, ends.get());
        assertFalse(path.give(ByteBuffer.allocate(1)));
    }
}
