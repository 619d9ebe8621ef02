package io.thalweg.log.offsets;

import io.thalweg.log.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The offsets that groups have committed, as the rows of the partition say up to some point: of those with one key the
 * last in the log counts, whenever its transaction is committed, so that compaction may drop the others. Not
 * thread-safe.
 */
final class OffsetTable {
    private final Map<String, Map<PartitionId, Entry>> byGroup = new HashMap<>();
    /** By producer: what its open transaction will commit. */
    private final Map<Long, Map<OffsetKey, Entry>> pending = new HashMap<>();

    private int size;

    /** An offset and where in the log it is. */
    private record Entry(CommittedOffset value, long logOffset) {}

    /** Takes a row outside of transactions. */
    void apply(OffsetRows.Row row, long logOffset) {
        row.value().ifPresentOrElse(value -> put(row.key(), new Entry(value, logOffset)), () -> remove(row.key()));
    }

    /** Takes a row that counts if its transaction does. */
    void applyPending(long producerId, OffsetRows.Row row, long logOffset) {
        Map<OffsetKey, Entry> rows = pending.computeIfAbsent(producerId, id -> new HashMap<>());
        row.value().ifPresent(value -> {
            if (rows.put(row.key(), new Entry(value, logOffset)) == null) {
                size++;
            }
        });
    }

    /** Takes the end of a transaction. */
    void end(long producerId, boolean commits) {
        Map<OffsetKey, Entry> rows = pending.remove(producerId);
        if (rows != null) {
            size -= rows.size();
            if (commits) {
                rows.forEach(this::put);
            }
        }
    }

    private void put(OffsetKey key, Entry entry) {
        Map<PartitionId, Entry> group = byGroup.computeIfAbsent(key.group(), name -> new HashMap<>());
        Entry old = group.get(key.partition());
        if (old == null) {
            size++;
        }
        if (old == null || old.logOffset() < entry.logOffset()) {
            group.put(key.partition(), entry);
        }
    }

    /** Forgets an offset, also what open transactions had in store for it: this is later than that. */
    private void remove(OffsetKey key) {
        Map<PartitionId, Entry> group = byGroup.get(key.group());
        if (group != null && group.remove(key.partition()) != null) {
            size--;
            if (group.isEmpty()) {
                byGroup.remove(key.group());
            }
        }
        for (Map<OffsetKey, Entry> rows : pending.values()) {
            if (rows.remove(key) != null) {
                size--;
            }
        }
    }

    /** How many offsets there are, pending ones too. */
    int size() {
        return size;
    }

    Optional<CommittedOffset> find(OffsetKey key) {
        Map<PartitionId, Entry> group = byGroup.get(key.group());
        return Optional.ofNullable(group)
                .map(found -> found.get(key.partition()))
                .map(Entry::value);
    }

    /** What a group has committed. */
    Map<PartitionId, CommittedOffset> ofGroup(String group) {
        Map<PartitionId, CommittedOffset> offsets = new HashMap<>();
        byGroup.getOrDefault(group, Map.of()).forEach((partition, entry) -> offsets.put(partition, entry.value()));
        return offsets;
    }

    /** All keys of a group, pending ones too. */
    List<OffsetKey> keys(String group) {
        Set<PartitionId> partitions =
                new TreeSet<>(byGroup.getOrDefault(group, Map.of()).keySet());
        for (Map<OffsetKey, Entry> rows : pending.values()) {
            rows.keySet().stream()
                    .filter(key -> key.group().equals(group))
                    .forEach(key -> partitions.add(key.partition()));
        }
        return partitions.stream()
                .map(partition -> new OffsetKey(group, partition))
                .toList();
    }

    boolean isPending(OffsetKey key) {
        return pending.values().stream().anyMatch(rows -> rows.containsKey(key));
    }

    /** The keys of offsets that are to be forgotten, at most so many. */
    List<OffsetKey> expired(long nowMicros, int atMost) {
        List<OffsetKey> expired = new ArrayList<>();
        for (Map.Entry<String, Map<PartitionId, Entry>> group : byGroup.entrySet()) {
            for (Map.Entry<PartitionId, Entry> entry : group.getValue().entrySet()) {
                if (expired.size() < atMost && entry.getValue().value().isExpiredAt(nowMicros)) {
                    expired.add(new OffsetKey(group.getKey(), entry.getKey()));
                }
            }
        }
        return expired;
    }

    /** All groups that have an offset. */
    Set<String> groups() {
        return new TreeSet<>(byGroup.keySet());
    }
}
