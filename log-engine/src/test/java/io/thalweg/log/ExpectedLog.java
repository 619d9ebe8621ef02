package io.thalweg.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a partition must hold: everything that was acknowledged, perhaps what was under way, and nothing else. Finds
 * violations instead of throwing, so that a test of a mutant can ask for them.
 */
final class ExpectedLog {
    /** One append: what was sent, and whether the log may no longer lose it. */
    record Sent(long number, int rowCount, long eventTime, int payloadBytes) {
        byte[] payload() {
            byte[] bytes = new byte[payloadBytes];
            new Random(number).nextBytes(bytes);
            return bytes;
        }

        AppendRequest request(Durability durability) {
            return AppendRequest.of(
                            PayloadKind.COLUMNAR_BLOCK, ByteBuffer.wrap(payload()), rowCount, eventTime, eventTime)
                    .with(durability);
        }
    }

    private final NavigableMap<Long, Sent> acknowledged = new TreeMap<>();
    private final Map<Long, Sent> underWay = new HashMap<>();
    private long start;
    /** Where a trim under way may have moved the start. */
    private long possibleStart;

    ExpectedLog() {}

    ExpectedLog(ExpectedLog other) {
        acknowledged.putAll(other.acknowledged);
        underWay.putAll(other.underWay);
        start = other.start;
        possibleStart = other.possibleStart;
    }

    /** An append whose outcome is open. */
    void sent(long baseOffset, Sent sent) {
        underWay.put(baseOffset, sent);
    }

    void acknowledged(long baseOffset) {
        Sent sent = underWay.remove(baseOffset);
        if (sent != null) {
            acknowledged.put(baseOffset, sent);
        }
    }

    /** The log said that nothing of it was appended. */
    void refused(long baseOffset) {
        underWay.remove(baseOffset);
    }

    /** A trim begins; it may take effect from now on. */
    void trimming(long offset) {
        possibleStart = Math.max(start, offset);
    }

    /** The trim is durable. */
    void trimmed() {
        start = possibleStart;
    }

    /** The first offset behind everything acknowledged. */
    long endOffset() {
        return acknowledged.isEmpty()
                ? 0
                : acknowledged.lastKey() + acknowledged.lastEntry().getValue().rowCount();
    }

    /** The offset that the next append must get. */
    long nextOffset(long visibleEnd) {
        long next = visibleEnd;
        for (Map.Entry<Long, Sent> entry : underWay.entrySet()) {
            next = Math.max(next, entry.getKey() + entry.getValue().rowCount());
        }
        return next;
    }

    /** Reads everything; what is served from now on must stay. Returns what is wrong. */
    List<String> check(PartitionLog log) {
        List<String> violations = new ArrayList<>();
        long servedStart = log.startOffset();
        if (servedStart != start && servedStart != possibleStart) {
            violations.add("starts at " + servedStart + ", not at " + start + " or " + possibleStart);
        }
        start = servedStart;
        possibleStart = servedStart;
        long expectedOffset =
                acknowledged.headMap(servedStart, true).isEmpty() ? servedStart : frameHolding(servedStart);
        long maxEventTime = acknowledged.headMap(expectedOffset, false).values().stream()
                .mapToLong(Sent::eventTime)
                .max()
                .orElse(AppendRequest.NO_EVENT_TIME);
        try (LogCursor cursor = log.read(servedStart, Long.MAX_VALUE)) {
            while (cursor.next()) {
                long base = cursor.baseOffset();
                Sent sent = acknowledged.getOrDefault(base, underWay.get(base));
                if (base != expectedOffset) {
                    violations.add("offset " + base + " follows " + expectedOffset);
                }
                if (sent == null) {
                    violations.add("served at " + base + " what nobody sent");
                } else {
                    compare(violations, cursor, sent);
                    acknowledged.put(base, sent);
                }
                if (cursor.maxEventTimeBefore() != maxEventTime) {
                    violations.add("wrong running maximum at " + base);
                }
                maxEventTime = Math.max(maxEventTime, cursor.maxEventTime());
                expectedOffset = base + cursor.rowCount();
            }
        }
        if (log.endOffset() != expectedOffset) {
            violations.add("end offset " + log.endOffset() + " but rows up to " + expectedOffset);
        }
        if (endOffset() > expectedOffset) {
            violations.add("lost acknowledged rows " + expectedOffset + " to " + endOffset());
        }
        underWay.clear();
        return violations;
    }

    /** The base offset of the frame with this offset, or the offset itself where a frame begins. */
    private long frameHolding(long offset) {
        Map.Entry<Long, Sent> before = acknowledged.floorEntry(offset);
        return offset < before.getKey() + before.getValue().rowCount() ? before.getKey() : offset;
    }

    private static void compare(List<String> violations, LogCursor cursor, Sent sent) {
        byte[] served = new byte[cursor.payload().remaining()];
        cursor.payload().get(served);
        boolean equal = Arrays.equals(served, sent.payload())
                && cursor.rowCount() == sent.rowCount()
                && cursor.maxEventTime() == sent.eventTime();
        if (!equal) {
            violations.add("wrong bytes at " + cursor.baseOffset());
        }
    }
}
