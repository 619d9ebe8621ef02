package io.thalweg.jdbc.twin;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.StatementKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a twin does for each text of a statement, and what it was told. Thread-safe. */
public final class TwinScripts {
    private final Map<String, Consumer<TwinQuery>> queries = new ConcurrentHashMap<>();
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();
    private final List<ClientMessage> received = new CopyOnWriteArrayList<>();

    /** What to do when this text is executed; a thread of its own does it. */
    public void on(String sql, Consumer<TwinQuery> script) {
        queries.put(sql, script);
    }

    /** What to answer when this text is prepared. */
    public void prepare(String sql, StatementKind kind, List<SqlType> parameters, Optional<RowType> result) {
        prepared.put(sql, new Prepared(0, kind, parameters, result));
    }

    Consumer<TwinQuery> script(String sql) {
        return queries.getOrDefault(sql, query -> query.fail(undefined(sql)));
    }

    Prepared prepared(String sql) {
        Prepared answer = prepared.get(sql);
        if (answer == null) {
            throw undefined(sql);
        }
        return answer;
    }

    private static ThalwegException undefined(String sql) {
        return new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "the twin has no script for '" + sql + "'");
    }

    void receive(ClientMessage message) {
        synchronized (received) {
            received.add(message);
            received.notifyAll();
        }
    }

    /** All messages of this kind so far. */
    public <T extends ClientMessage> List<T> received(Class<T> kind) {
        return received.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until a message of this kind that fits has come; fails after ten seconds. */
    public <T extends ClientMessage> T await(Class<T> kind, Predicate<T> fits) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        synchronized (received) {
            while (System.nanoTime() < deadline) {
                Optional<T> found = received(kind).stream().filter(fits).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                received.wait(100);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " came within ten seconds, but " + received);
    }
}
