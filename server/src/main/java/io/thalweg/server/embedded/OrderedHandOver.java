package io.thalweg.server.embedded;

import io.thalweg.wire.link.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection within the process: many threads give frames, the receiver gets them in order and one at a
 * time. Whoever gives a frame while nobody delivers becomes the one who delivers. No lock is held while the receiver runs,
 * so that it may send in the other direction, whatever locks it holds itself.
 *
 * <p>The number of frames that wait is bounded by what the ends promise: a receiver never blocks, rows need credit, and
 * requests a place in the connection's queue.
 */
final class OrderedHandOver {
    private final FrameReceiver receiver;
    /** Guarded by this. */
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    /** Guarded by this: whether a thread is delivering. */
    private boolean delivering;
    /** Guarded by this: nothing is taken any more, and the end is told behind what waits. */
    private boolean closed;
    /** Guarded by this. */
    private boolean endTold;

    OrderedHandOver(FrameReceiver receiver) {
        this.receiver = receiver;
    }

    /** Returns false if the path has been closed. */
    boolean give(ByteBuffer frame) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            waiting.add(frame);
        }
        deliver();
        return true;
    }

    /** Tells the receiver, once, that the path has ended. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        deliver();
    }

    private void deliver() {
        synchronized (this) {
            if (delivering) {
                return;
            }
            delivering = true;
        }
        boolean delivered = true;
        while (delivered) {
            delivered = deliverNext();
        }
    }

    /** Delivers a frame or the end; false if there is nothing to deliver, so that the next who gives does it. */
    private boolean deliverNext() {
        ByteBuffer frame;
        synchronized (this) {
            frame = waiting.poll();
            if (frame == null && (!closed || endTold)) {
                delivering = false;
                return false;
            }
            endTold |= frame == null;
        }
        if (frame == null) {
            receiver.onClose(null);
        } else {
            receive(frame);
        }
        return true;
    }

    private void receive(ByteBuffer frame) {
        boolean received = false;
        try {
            receiver.onFrame(frame);
            received = true;
        } finally {
            if (!received) {
                fail();
            }
        }
    }

    /** A receiver that throws has lost a frame, so it gets no more. */
    private void fail() {
        synchronized (this) {
            closed = true;
            waiting.clear();
            delivering = false;
        }
        deliver();
    }
}
