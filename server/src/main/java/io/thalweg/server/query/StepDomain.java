package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all tables and materialized views up to date in steps, so that together they are always the answer over one
 * prefix of the logs. A step takes an interval from every log in use, brings the relations up to date in the order of
 * their ids, in which each comes after those it reads, and only then shows the result to the feeds. All of this happens
 * on the domain's one thread; other threads leave requests, which run between two steps.
 */
final class StepDomain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepDomain.class);
    /** The most rows a step takes from one partition, so that steps after a long pause stay small. */
    private static final long MAX_STEP_ROWS = 1 << 20;

    private final LongFunction<StoredRelation> stored;
    private final QueryControl control;
    private final Thread thread = new Thread(this::run, "thalweg-domain");
    private final Signal work = new Signal();
    private final Runnable appended = work::raise;
    // Bounded by the queries and statements that run, each of which has one request here at most.
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    // Set once; read by the domain's thread and by those that leave requests.
    private volatile boolean closed;

    // All below belong to the domain's thread.
    private final TreeMap<Long, DomainRelation> relations = new TreeMap<>();
    private final List<DomainFeed> feeds = new ArrayList<>();
    private Map<Long, long[]> positions = new HashMap<>();
    private long step;

    /** Something to do between two steps, or to give up when the domain closes first. */
    private record Request(Runnable action, Runnable giveUp) {}

    /** @param stored the log of a stream or table that is known to exist */
    StepDomain(LongFunction<StoredRelation> stored, QueryControl control) {
        this.stored = stored;
        this.control = control;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Adds a relation and brings it up to date. The future ends when that is done; it fails with the error that stopped
     * the relation.
     */
    CompletableFuture<Void> attach(DomainRelation relation) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        request(
                () -> {
                    attachNow(relation);
                    relation.failure().ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
                },
                () -> done.completeExceptionally(closing()));
        return done;
    }

    /** Removes what has this id, relation or stream, and waits until that has happened. Its readers meet the error. */
    void detach(long id, ThalwegException reason) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        request(
                () -> {
                    detachNow(id, reason);
                    done.complete(null);
                },
                () -> done.complete(null));
        done.join();
    }

    private void detachNow(long id, ThalwegException reason) {
        relations.remove(id);
        for (DomainFeed feed : List.copyOf(feeds)) {
            if (feed.relations().contains(id) || feed.streams().contains(id)) {
                feed.fail(reason);
                feeds.remove(feed);
            }
        }
        untrack();
    }

    /** Starts a feed: first all rows of its relations, after a step that takes in what was acknowledged before this call. */
    void open(DomainFeed feed) {
        request(() -> openNow(feed), () -> feed.fail(closing()));
    }

    void close(DomainFeed feed) {
        request(
                () -> {
                    feeds.remove(feed);
                    untrack();
                },
                () -> {});
    }

    private void request(Runnable action, Runnable giveUp) {
        requests.add(new Request(action, giveUp));
        work.raise();
        if (closed) {
            giveUpRequests();
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
        giveUpRequests();
    }

    private void giveUpRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.giveUp().run();
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean moved = runStep();
                for (Request request = requests.poll(); request != null; request = requests.poll()) {
                    request.action().run();
                    moved = true;
                }
                if (!moved && !closed) {
                    work.await();
                }
            }
        } catch (RuntimeException | Error e) {
            closed = true;
            LOG.error("the domain of tables and materialized views has stopped", e);
            ThalwegException error = new ThalwegException(
                    ErrorCode.INTERNAL_ERROR, "tables and materialized views are no longer kept up to date", e);
            feeds.forEach(feed -> feed.fail(error));
        } finally {
            giveUpRequests();
        }
    }

    private void attachNow(DomainRelation relation) {
        Set<Long> logs = relation.logs();
        track(logs);
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        for (long id : relation.relations()) {
            DomainRelation upstream = relations.get(id);
            if (upstream == null) {
                throw new IllegalStateException(relation.title() + " reads relation " + id + ", which is not there");
            }
            deltas.put(id, upstream.snapshot());
        }
        relations.put(relation.id(), relation);
        if (!failIfUpstreamFailed(relation)) {
            relation.step(new StepInput(positions, deltas), step);
        }
        // Whoever attaches is told of a failure; nobody reads the relation yet.
    }

    private void openNow(DomainFeed feed) {
        track(feed.streams());
        Map<Long, long[]> target = ends();
        while (!covers(target)) {
            runStep();
        }
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        for (long id : feed.relations()) {
            DomainRelation relation = relations.get(id);
            if (relation == null) {
                feed.fail(new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "a relation of the query was dropped"));
                return;
            }
            Optional<ThalwegException> failure = relation.failure();
            if (failure.isPresent()) {
                feed.fail(failed(relation, failure.get()));
                return;
            }
            deltas.put(id, relation.snapshot());
        }
        feeds.add(feed);
        feed.offer(positions, deltas);
    }

    private static ThalwegException failed(DomainRelation relation, ThalwegException cause) {
        return new ThalwegException(
                ErrorCode.QUERY_FAILED, relation.title() + " has failed: " + cause.message(), cause);
    }

    /** Takes a step if any log in use has grown. */
    private boolean runStep() {
        Map<Long, long[]> next = new HashMap<>();
        boolean grown = false;
        for (Map.Entry<Long, long[]> position : positions.entrySet()) {
            long[] ends = stored.apply(position.getKey()).endOffsets();
            long[] limited = limit(position.getValue(), ends);
            grown |= !Arrays.equals(limited, position.getValue());
            next.put(position.getKey(), limited);
        }
        if (!grown) {
            return false;
        }
        positions = next;
        step++;
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        StepInput input = new StepInput(positions, deltas);
        for (DomainRelation relation : relations.values()) {
            boolean wasFailed = relation.failure().isPresent();
            if (!failIfUpstreamFailed(relation)) {
                deltas.put(relation.id(), relation.step(input, step));
            }
            if (!wasFailed) {
                relation.failure().ifPresent(error -> reportFailure(relation, error));
            }
        }
        feeds.forEach(feed -> feed.offer(input.ends(), deltas));
        return true;
    }

    private static long[] limit(long[] from, long[] ends) {
        long[] limited = new long[ends.length];
        for (int i = 0; i < ends.length; i++) {
            limited[i] = Math.min(ends[i], from[i] + MAX_STEP_ROWS);
        }
        return limited;
    }

    private boolean failIfUpstreamFailed(DomainRelation relation) {
        for (long id : relation.relations()) {
            DomainRelation upstream = relations.get(id);
            if (upstream != null && upstream.failure().isPresent() && relation instanceof DomainView view) {
                view.fail(failed(upstream, upstream.failure().get()));
                return true;
            }
        }
        return false;
    }

    private void reportFailure(DomainRelation relation, ThalwegException error) {
        LOG.warn("{} has failed: {}", relation.title(), error.message());
        ThalwegException toReaders = failed(relation, error);
        for (DomainFeed feed : List.copyOf(feeds)) {
            if (feed.relations().contains(relation.id())) {
                feed.fail(toReaders);
                feeds.remove(feed);
            }
        }
    }

    /** Brings logs into the steps from here on; for relations that come new, their whole past up to here counts as taken. */
    private void track(Set<Long> logs) {
        for (long id : logs) {
            if (!positions.containsKey(id)) {
                StoredRelation log = stored.apply(id);
                log.partitions().forEach(partition -> partition.onAppend(appended));
                Map<Long, long[]> extended = new HashMap<>(positions);
                extended.put(id, log.endOffsets());
                positions = extended;
            }
        }
    }

    private void untrack() {
        Set<Long> used = new HashSet<>();
        relations.values().forEach(relation -> used.addAll(relation.logs()));
        feeds.forEach(feed -> used.addAll(feed.streams()));
        Map<Long, long[]> kept = new HashMap<>(positions);
        for (long id : positions.keySet()) {
            if (!used.contains(id)) {
                kept.remove(id);
                for (PartitionLog partition : stored.apply(id).partitions()) {
                    partition.removeOnAppend(appended);
                }
            }
        }
        positions = kept;
    }

    private Map<Long, long[]> ends() {
        Map<Long, long[]> ends = new HashMap<>();
        positions.keySet().forEach(id -> ends.put(id, stored.apply(id).endOffsets()));
        return ends;
    }

    private boolean covers(Map<Long, long[]> target) {
        for (Map.Entry<Long, long[]> entry : target.entrySet()) {
            long[] reached = positions.getOrDefault(entry.getKey(), entry.getValue());
            for (int i = 0; i < reached.length; i++) {
                if (reached[i] < entry.getValue()[i]) {
                    return false;
                }
            }
        }
        return true;
    }
}
