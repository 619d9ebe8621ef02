package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a query delivers, as text. */
final class CollectingSink implements QuerySink {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();
    private @Nullable RowType type;
    private @Nullable ThalwegException error;
    private long steps;

    @Override
    public synchronized void header(RowType newType, boolean endless, boolean changelog) {
        type = newType;
    }

    @Override
    public synchronized void rows(DeltaBatch rows) {
        for (String line : DeltaText.format(type, rows).split("\n")) {
            lines.add(line.substring(line.indexOf('|') + 2));
        }
        notifyAll();
    }

    @Override
    public synchronized void progress(long step, long watermarkMicros) {
        steps = step;
        notifyAll();
    }

    @Override
    public void flush() {
        // rows() keeps nothing back.
    }

    @Override
    public void completed() {
        ended.countDown();
    }

    @Override
    public synchronized void failed(ThalwegException failure) {
        error = failure;
        ended.countDown();
        notifyAll();
    }

    @Override
    public void wake() {
        // rows() never waits.
    }

    /** The rows of a query that ends, in the order of their text. */
    List<String> sorted() throws InterruptedException {
        awaitEnd().ifPresent(failure -> {
            throw failure;
        });
        return lines.stream().sorted().toList();
    }

    Optional<ThalwegException> awaitEnd() throws InterruptedException {
        if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the query does not end");
        }
        return Optional.ofNullable(error);
    }

    /** The rows so far, as soon as there are so many. */
    synchronized List<String> await(int rows) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10 && lines.size() < rows; i++) {
            wait(100);
        }
        return List.copyOf(lines);
    }

    /** Waits until the query has completed a step. */
    synchronized void awaitFirstStep() throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10 && steps == 0; i++) {
            wait(100);
        }
    }
}
