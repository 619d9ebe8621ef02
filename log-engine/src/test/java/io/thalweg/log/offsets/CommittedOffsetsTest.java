package io.thalweg.log.offsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a group commits is what it finds again. */
class CommittedOffsetsTest {
    private static final PartitionId OFFSETS = new PartitionId(1, 0);
    private static final PartitionId FIRST = new PartitionId(7, 0);
    private static final PartitionId SECOND = new PartitionId(7, 1);

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final SteppingClock clock = new SteppingClock();
    private LogStore store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private CommittedOffsets open(OffsetLimits limits) {
        close();
        LogConfig config = LogConfig.defaults().withSegmentBytes(2_048).withReserveBytes(0);
        store = LogStore.open(files, Path.of("/data"), config, clock);
        return CommittedOffsets.open(
                store.partition(OFFSETS).orElseGet(() -> store.createInternal(OFFSETS)), clock, limits);
    }

    private CommittedOffsets open() {
        return open(OffsetLimits.defaults());
    }

    private static Optional<Long> offset(CommittedOffsets offsets, String group, PartitionId partition) {
        return offsets.fetch(group, partition).map(CommittedOffset::offset);
    }

    @Test
    void remembersOverARestart() {
        CommittedOffsets offsets = open();
        CommittedOffset rich = new CommittedOffset(42, 3, "sønn", CommittedOffset.NEVER);
        offsets.commit("a", Map.of(FIRST, CommittedOffset.of(5), SECOND, rich)).join();
        offsets.commit("b", Map.of(FIRST, CommittedOffset.of(6))).join();
        offsets.commit("a", Map.of(FIRST, CommittedOffset.of(7))).join();
        for (CommittedOffsets now : List.of(offsets, open())) {
            assertEquals(Map.of(FIRST, CommittedOffset.of(7), SECOND, rich), now.fetchAll("a"));
            assertEquals(Optional.of(6L), offset(now, "b", FIRST));
            assertEquals(Optional.empty(), offset(now, "c", FIRST));
            assertEquals(Set.of("a", "b"), now.groups());
        }
    }

    @Test
    void forgetsGroupsForGood() {
        CommittedOffsets offsets = open();
        offsets.commit("a", Map.of(FIRST, CommittedOffset.of(5), SECOND, CommittedOffset.of(6)))
                .join();
        offsets.delete("a", List.of(FIRST)).join();
        assertEquals(Map.of(SECOND, CommittedOffset.of(6)), open().fetchAll("a"));
        CommittedOffsets again = open();
        again.deleteGroup("a").join();
        assertEquals(Set.of(), again.groups());
        assertEquals(Set.of(), open().groups());
    }

    @Test
    void showsTransactionsWhenTheyAreCommitted() {
        CommittedOffsets offsets = open();
        offsets.commit("a", Map.of(FIRST, CommittedOffset.of(1))).join();
        offsets.commitInTransaction(9, (short) 0, "a", Map.of(FIRST, CommittedOffset.of(2)))
                .join();
        offsets.commitInTransaction(9, (short) 0, "a", Map.of(SECOND, CommittedOffset.of(3)))
                .join();
        assertEquals(Map.of(FIRST, CommittedOffset.of(1)), offsets.fetchAll("a"));
        assertTrue(offsets.isPending("a", SECOND));
        CommittedOffsets reopened = open();
        assertTrue(reopened.isPending("a", FIRST));
        reopened.commitInTransaction(9, (short) 0, "a", Map.of(SECOND, CommittedOffset.of(4)))
                .join();
        reopened.endTransaction(9, (short) 1, true).join();
        Map<PartitionId, CommittedOffset> committed =
                Map.of(FIRST, CommittedOffset.of(2), SECOND, CommittedOffset.of(4));
        assertEquals(committed, reopened.fetchAll("a"));
        reopened.commitInTransaction(9, (short) 1, "a", Map.of(FIRST, CommittedOffset.of(99)))
                .join();
        reopened.endTransaction(9, (short) 2, false).join();
        assertEquals(committed, reopened.fetchAll("a"));
        CommittedOffsets last = open();
        assertEquals(committed, last.fetchAll("a"));
        assertFalse(last.isPending("a", FIRST));
    }

    @Test
    void letsTheLaterRowCountWhenATransactionEndsLate() {
        CommittedOffsets offsets = open();
        offsets.commitInTransaction(
                        9, (short) 0, "a", Map.of(FIRST, CommittedOffset.of(2), SECOND, CommittedOffset.of(2)))
                .join();
        offsets.commit("a", Map.of(FIRST, CommittedOffset.of(3))).join();
        offsets.delete("a", List.of(SECOND)).join();
        offsets.endTransaction(9, (short) 1, true).join();
        Map<PartitionId, CommittedOffset> expected = Map.of(FIRST, CommittedOffset.of(3));
        assertEquals(expected, offsets.fetchAll("a"));
        assertEquals(expected, open().fetchAll("a"));
    }

    @Test
    void forgetsWhatHasExpired() {
        CommittedOffsets offsets = open();
        long soon = clock.epochMicros() + 1_000_000;
        offsets.commit("a", Map.of(FIRST, new CommittedOffset(5, -1, "", soon))).join();
        offsets.removeExpired().join();
        assertEquals(Optional.of(5L), offset(offsets, "a", FIRST));
        clock.advance(2_000_000);
        assertEquals(Optional.empty(), offset(offsets, "a", FIRST));
        assertEquals(Set.of("a"), offsets.groups());
        offsets.removeExpired().join();
        assertEquals(Set.of(), offsets.groups());
    }

    @Test
    void hasBounds() {
        CommittedOffsets offsets = open(new OffsetLimits(3, 10));
        for (int i = 0; i < 3; i++) {
            offsets.commit("g" + i, Map.of(FIRST, CommittedOffset.of(i))).join();
        }
        ThalwegException full =
                assertThrows(ThalwegException.class, () -> offsets.commit("g3", Map.of(FIRST, CommittedOffset.of(1))));
        assertEquals(ErrorCode.OUT_OF_MEMORY, full.code());
        ThalwegException pendingToo = assertThrows(
                ThalwegException.class,
                () -> offsets.commitInTransaction(1, (short) 0, "g3", Map.of(FIRST, CommittedOffset.of(1))));
        assertEquals(ErrorCode.OUT_OF_MEMORY, pendingToo.code());
        ThalwegException tooLong = assertThrows(
                ThalwegException.class, () -> offsets.commit("x".repeat(11), Map.of(FIRST, CommittedOffset.of(1))));
        assertEquals(ErrorCode.VALUE_TOO_LARGE, tooLong.code());
        offsets.deleteGroup("g0").join();
        offsets.commit("g3", Map.of(FIRST, CommittedOffset.of(1))).join();
    }

    @Test
    void appliesManyCommitsInTheirOrder() {
        CommittedOffsets offsets = open();
        CompletableFuture<?>[] results = new CompletableFuture<?>[2_000];
        for (int i = 0; i < results.length; i++) {
            results[i] = offsets.commit("a", Map.of(FIRST, CommittedOffset.of(i)));
        }
        CompletableFuture.allOf(results).join();
        assertEquals(Optional.of(1_999L), offset(offsets, "a", FIRST));
        assertEquals(Optional.of(1_999L), offset(open(), "a", FIRST));
    }
}
