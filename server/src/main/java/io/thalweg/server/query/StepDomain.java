package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.server.failure.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all tables and materialized views up to date in steps, so that together they are always the answer over one
 * prefix of the logs. A step takes an interval from every log in use, brings the relations up to date in the order of
 * their ids, in which each comes after those it reads, and only then shows the result to the feeds. All of this happens
 * on the domain's one thread; other threads leave requests, which run between two steps.
 *
 * <p>Whatever a relation, a feed or a request throws concerns that one alone, and those that read it: the rest goes on.
 */
final class StepDomain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepDomain.class);

    private final QueryControl control;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "thalweg-domain");
    private final Signal work = new Signal();
    // Bounded by the queries and statements that run, each of which has one request here at most.
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    // Set once; read by the domain's thread and by those that leave requests.
    private volatile boolean closed;

    // All below belong to the domain's thread.
    private final TreeMap<Long, DomainRelation> relations = new TreeMap<>();
    private final List<DomainFeed> feeds = new ArrayList<>();
    private final TrackedLogs logs;

    /** Something to do between two steps; when that fails or the domain closes first, the second is told why. */
    private record Request(Runnable action, Consumer<ThalwegException> refusal) {}

    /**
     * @param stored the log of a stream or table; throws UNDEFINED_OBJECT if that was dropped
     * @param clock tells the time of each step
     */
    StepDomain(LongFunction<StoredRelation> stored, QueryControl control, Clock clock) {
        this.control = control;
        this.clock = clock;
        this.logs = new TrackedLogs(stored, work::raise);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What stops the relations when the domain closes. */
    QueryControl control() {
        return control;
    }

    /**
     * Adds a relation and brings it up to date. The future ends when that is done; it fails with the error that stopped
     * the relation.
     */
    CompletableFuture<Void> attach(DomainRelation relation) {
        return request(() -> attachNow(relation));
    }

    /**
     * Adds a relation that somebody else has built from this open feed, and everything that came to the feed since; the
     * feed is closed. The future is as that of {@link #attach(DomainRelation)}.
     */
    CompletableFuture<Void> attach(DomainRelation relation, DomainFeed builtFrom) {
        return request(() -> {
            feeds.remove(builtFrom);
            relations.put(relation.id(), relation);
            try {
                builtFrom.takeRest(clock.epochMicros()).ifPresent(relation::step);
                relation.state().becomeCurrent();
            } catch (RuntimeException | Error failure) {
                relation.state().fail(UserError.of(relation.title(), failure));
            }
            requireSound(relation);
        });
    }

    /**
     * Puts a relation in the place of one with the same id whose rows are the same as far as its readers look at them. The
     * future is as that of {@link #attach(DomainRelation)}.
     */
    CompletableFuture<Void> replace(DomainRelation relation) {
        return request(() -> {
            step(relation, new StepInput(logs.positions(), Map.of(), clock.epochMicros()));
            requireSound(relation);
            relation.state().becomeCurrent();
            relations.put(relation.id(), relation);
        });
    }

    /** Removes what has this id, relation or stream, and waits until that has happened. Its readers meet the error. */
    void detach(long id, ThalwegException reason) {
        request(() -> detachNow(id, reason)).exceptionally(closedFirst -> null).join();
    }

    private void detachNow(long id, ThalwegException reason) {
        relations.remove(id);
        failFeeds(id, reason);
        untrack();
    }

    private void failFeeds(long readId, ThalwegException reason) {
        feeds.removeIf(feed -> {
            boolean reads = feed.relations().contains(readId) || feed.streams().contains(readId);
            if (reads) {
                feed.fail(reason);
            }
            return reads;
        });
    }

    /** Starts a feed: first all rows of its relations, after a step that takes in what was acknowledged before this call. */
    void open(DomainFeed feed) {
        leave(new Request(() -> openNow(feed), feed::fail));
    }

    void close(DomainFeed feed) {
        leave(new Request(
                () -> {
                    feeds.remove(feed);
                    untrack();
                },
                closedFirst -> {}));
    }

    private CompletableFuture<Void> request(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        leave(new Request(
                () -> {
                    action.run();
                    done.complete(null);
                },
                done::completeExceptionally));
        return done;
    }

    private void leave(Request request) {
        requests.add(request);
        work.raise();
        if (closed) {
            refuseRequests();
        }
    }

    private static ThalwegException closing() {
        return new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the server is shutting down");
    }

    @Override
    public void close() {
        closed = true;
        control.cancel(ErrorCode.SERVER_SHUTTING_DOWN);
        work.raise();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseRequests();
    }

    private void refuseRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.refusal().accept(closing());
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean moved = runStep(false);
                for (Request request = requests.poll(); request != null; request = requests.poll()) {
                    run(request);
                    moved = true;
                }
                if (!moved && !closed) {
                    awaitWork();
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the thread of tables and materialized views has ended, and none is kept up to date any more", e);
        } finally {
            closed = true;
            feeds.forEach(feed -> feed.fail(closing()));
            refuseRequests();
        }
    }

    /** Waits for rows and requests; if time alone can change a relation, for the next moment at most. */
    private void awaitWork() {
        StepPace pace = new StepPace(clock, relations.values().stream().anyMatch(DomainRelation::ticks));
        pace.await(work);
        if (pace.ticks()) {
            runStep(true);
        }
    }

    private static void run(Request request) {
        try {
            request.action().run();
        } catch (RuntimeException | Error failure) {
            request.refusal().accept(UserError.of("a request to the domain", failure));
        }
    }

    private void attachNow(DomainRelation relation) {
        logs.track(relation.logs());
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        for (long id : relation.relations()) {
            DomainRelation upstream = relations.get(id);
            if (upstream == null) {
                throw new IllegalStateException(relation.title() + " reads relation " + id + ", which is not there");
            }
            deltas.put(id, upstream.snapshot());
        }
        relations.put(relation.id(), relation);
        step(relation, new StepInput(logs.positions(), deltas, clock.epochMicros()));
        if (relation.state().failure().isEmpty()) {
            relation.state().becomeCurrent();
        }
        requireSound(relation);
    }

    /** Whoever attaches is told of a failure; nobody reads the relation yet. */
    private static void requireSound(DomainRelation relation) {
        relation.state().failure().ifPresent(failure -> {
            throw failure;
        });
    }

    private void openNow(DomainFeed feed) {
        logs.track(feed.streams());
        Map<Long, long[]> target = logs.ends();
        while (!logs.covers(target)) {
            runStep(false);
        }
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        for (long id : feed.relations()) {
            DomainRelation relation = relations.get(id);
            if (relation == null) {
                throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "a relation of the query was dropped");
            }
            relation.state().failureForReaders().ifPresent(failure -> {
                throw failure;
            });
            deltas.put(id, relation.snapshot());
        }
        feeds.add(feed);
        feed.offer(logs.positions(), deltas);
    }

    /**
     * Takes a step if any log in use has grown.
     *
     * @param evenNothing takes one in any case, for the sake of the time
     */
    private boolean runStep(boolean evenNothing) {
        if (!logs.advance() && !evenNothing) {
            return false;
        }
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        StepInput input = new StepInput(logs.positions(), deltas, clock.epochMicros());
        for (DomainRelation relation : relations.values()) {
            if (relation.state().failure().isEmpty()) {
                deltas.put(relation.id(), step(relation, input));
                if (relation.state().failure().isPresent()) {
                    failReaders(relation);
                }
            }
        }
        feeds.removeIf(feed -> !offered(feed, input));
        return true;
    }

    /** The change of a relation; nothing if it fails. */
    private List<DeltaBatch> step(DomainRelation relation, StepInput input) {
        for (long id : relation.relations()) {
            Optional<ThalwegException> failure = Optional.ofNullable(relations.get(id))
                    .flatMap(upstream -> upstream.state().failureForReaders());
            if (failure.isPresent()) {
                relation.state().fail(failure.get());
                return List.of();
            }
        }
        try {
            return relation.step(input);
        } catch (RuntimeException | Error failure) {
            relation.state().fail(UserError.of(relation.title(), failure));
            return List.of();
        }
    }

    private void failReaders(DomainRelation relation) {
        relation.state().failureForReaders().ifPresent(failure -> {
            if (!relation.state().isStopped()) {
                LOG.warn("{}", failure.message());
            }
            failFeeds(relation.id(), failure);
        });
    }

    private static boolean offered(DomainFeed feed, StepInput input) {
        try {
            feed.offer(input.ends(), input.deltas());
            return true;
        } catch (RuntimeException | Error failure) {
            feed.fail(UserError.of("a query of tables or materialized views", failure));
            return false;
        }
    }

    private void untrack() {
        Set<Long> used = new HashSet<>();
        relations.values().forEach(relation -> used.addAll(relation.logs()));
        feeds.forEach(feed -> used.addAll(feed.streams()));
        logs.keepOnly(used);
    }
}
