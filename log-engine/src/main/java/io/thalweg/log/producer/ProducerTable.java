package io.thalweg.log.producer;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.ProducerRefusedException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest appends of each producer of a partition, in the order of the log. The last {@link #REMEMBERED} can be
 * repeated, which is how many a producer may have under way. More are kept as long as some are not durable: if those
 * have to be taken back, others are the last. Not thread-safe.
 */
public final class ProducerTable {
    /** How many appends can be retried, and so how many a producer may have under way. */
    public static final int REMEMBERED = 5;

    private final Map<Long, Deque<ProducerBatch>> byProducer = new HashMap<>();
    private final TransactionTable transactions = new TransactionTable();

    /**
     * Looks whether an append may come next; when it was made before, returns the one it repeats.
     *
     * @throws ProducerRefusedException when it can be neither
     */
    public Optional<ProducerBatch> check(ProducerSequence producer, int rowCount) {
        Deque<ProducerBatch> history = byProducer.get(producer.producerId());
        if (history == null) {
            return producer.transactional() ? requireNext(producer, 0) : Optional.empty();
        }
        if (!producer.transactional() && transactions.isOpen(producer.producerId())) {
            throw refused(Reason.IN_TRANSACTION, producer, "it has an open transaction");
        }
        ProducerBatch last = history.getLast();
        if (producer.epoch() < last.epoch()) {
            throw refused(Reason.OLD_EPOCH, producer, "epoch " + last.epoch() + " has taken over");
        }
        if (producer.epoch() > last.epoch()) {
            return requireNext(producer, 0);
        }
        Optional<ProducerBatch> original = original(history, producer, rowCount);
        return original.isPresent() ? original : requireNext(producer, last.nextSequence());
    }

    private static Optional<ProducerBatch> original(
            Deque<ProducerBatch> history, ProducerSequence producer, int rowCount) {
        Iterator<ProducerBatch> latestFirst = history.descendingIterator();
        for (int i = 0; i < REMEMBERED && latestFirst.hasNext(); i++) {
            ProducerBatch batch = latestFirst.next();
            if (batch.epoch() == producer.epoch()
                    && batch.sequence() == producer.sequence()
                    && batch.rowCount() == rowCount) {
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    /**
     * Looks whether a marker may come next. It carries the epoch after that of the transaction, which shuts out what is
     * left of it; when it was written before, returns the one it repeats.
     *
     * @throws ProducerRefusedException when it is of an old epoch, or of that of the transaction itself, or when it
     *     commits what was aborted meanwhile
     */
    public Optional<ProducerBatch> checkMarker(ProducerSequence marker, boolean aborts) {
        Deque<ProducerBatch> history = byProducer.get(marker.producerId());
        if (history == null || marker.epoch() > history.getLast().epoch()) {
            return Optional.empty();
        }
        ProducerBatch last = history.getLast();
        if (marker.epoch() == last.epoch() && last.isMarker() && !transactions.isOpen(marker.producerId())) {
            if (!aborts && transactions.hasAborted(last.baseOffset())) {
                throw refused(Reason.OLD_EPOCH, marker, "its transaction was aborted");
            }
            return Optional.of(last);
        }
        throw refused(Reason.OLD_EPOCH, marker, "epoch " + last.epoch() + " has taken over");
    }

    /** The open transactions of the partition, the oldest first. */
    public List<OpenTransaction> openTransactions() {
        List<OpenTransaction> all = new ArrayList<>();
        transactions.open().forEach((producer, begun) -> {
            Deque<ProducerBatch> history = byProducer.get(producer);
            if (history != null) {
                short epoch = history.getLast().epoch();
                all.add(new OpenTransaction(producer, epoch, begun.firstOffset(), begun.atMicros()));
            }
        });
        all.sort(Comparator.comparingLong(OpenTransaction::firstOffset));
        return all;
    }

    /** The transactions of the partition. */
    public TransactionTable transactions() {
        return transactions;
    }

    private static Optional<ProducerBatch> requireNext(ProducerSequence producer, int expected) {
        if (producer.sequence() != expected) {
            throw refused(Reason.OUT_OF_SEQUENCE, producer, "sequence " + expected + " is next");
        }
        return Optional.empty();
    }

    private static ProducerRefusedException refused(Reason reason, ProducerSequence producer, String why) {
        String who = "producer " + producer.producerId() + " came with epoch " + producer.epoch() + " and sequence "
                + producer.sequence();
        return new ProducerRefusedException(reason, who + ", but " + why);
    }

    /** Notes an append behind all that were noted before; forgets older ones that nobody may ask for. */
    public void add(long producerId, ProducerBatch batch, long durableUpTo) {
        Deque<ProducerBatch> history = byProducer.computeIfAbsent(producerId, id -> new ArrayDeque<>());
        history.addLast(batch);
        if (history.size() > REMEMBERED) {
            long durable = history.stream()
                    .filter(one -> one.endOffset() <= durableUpTo)
                    .count();
            for (; durable > REMEMBERED; durable--) {
                history.removeFirst();
            }
        }
    }

    /** Forgets what was appended at or above an offset. */
    public void truncate(long offset) {
        transactions.truncate(offset);
        for (Iterator<Deque<ProducerBatch>> histories = byProducer.values().iterator(); histories.hasNext(); ) {
            Deque<ProducerBatch> history = histories.next();
            while (!history.isEmpty() && history.getLast().baseOffset() >= offset) {
                history.removeLast();
            }
            if (history.isEmpty()) {
                histories.remove();
            }
        }
    }

    /** Forgets the producers whose last append is older than this. */
    public void expire(long beforeMicros) {
        byProducer
                .entrySet()
                .removeIf(entry -> entry.getValue().getLast().appendedAtMicros() < beforeMicros
                        && !transactions.isOpen(entry.getKey()));
    }

    /** A table of its own with what was appended below an offset. */
    public ProducerTable copyBelow(long offset) {
        ProducerTable copy = new ProducerTable();
        byProducer.forEach((producer, history) -> copy.byProducer.put(producer, new ArrayDeque<>(history)));
        copy.transactions.addAll(transactions);
        copy.truncate(offset);
        return copy;
    }

    /** The remembered appends of each producer, oldest first. */
    Map<Long, List<ProducerBatch>> content() {
        Map<Long, List<ProducerBatch>> content = new HashMap<>();
        byProducer.forEach((producer, history) -> content.put(producer, List.copyOf(history)));
        return content;
    }
}
