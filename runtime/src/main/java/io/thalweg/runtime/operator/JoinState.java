package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RowIndex;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that both inputs of a join have brought, and how far the rows of the current batch have been matched. */
final class JoinState {
    private final RowIndex[] sides;
    private final List<Optional<RowRelease>> releases;
    private final boolean[] ended = new boolean[2];

    // The current probe: a batch of one side, and for each of its rows the next row of the other side to pair it with.
    private int probePort;
    private @Nullable DeltaBatch probe;
    private int[] candidates = {};
    private int probeRow;
    /** What is left of the weight of the current pair, if it does not fit one row. */
    private long weightLeft;

    private final int[] matchedRows = new int[DeltaBatch.TARGET_ROWS];
    private final int[] matchedIds = new int[DeltaBatch.TARGET_ROWS];
    private final boolean[] matchedAgain = new boolean[DeltaBatch.TARGET_ROWS];
    private final int[] matchedWeights = new int[DeltaBatch.TARGET_ROWS];
    private final RowReferences matchedOthers = new RowReferences();
    private int matchCount;

    /**
     * @param leftAppendOnly whether no row of the left input is ever deleted
     * @param rightAppendOnly the same of the right input
     */
    JoinState(JoinNode node, boolean leftAppendOnly, boolean rightAppendOnly, MemoryAccount account) {
        RowIndex left = new RowIndex(node.left().type(), node.leftKeys(), leftAppendOnly, account);
        RowIndex right = new RowIndex(node.right().type(), node.rightKeys(), rightAppendOnly, account);
        this.sides = new RowIndex[] {left, right};
        this.releases = List.of(
                node.release().left().map(RowRelease::new),
                node.release().right().map(RowRelease::new));
    }

    /** The rows of a side that are remembered. */
    RowIndex rows(int port) {
        return sides[port];
    }

    /** The rows of a batch that may still find partners among rows to come, or those that cannot. */
    DeltaBatch withFuture(int port, DeltaBatch batch, boolean wanted) {
        if (ended[1 - port]) {
            return wanted ? batch.select(new int[0], 0) : batch;
        }
        Optional<RowRelease> release = releases.get(port);
        if (release.isEmpty()) {
            return wanted ? batch : batch.select(new int[0], 0);
        }
        return release.get().select(batch, wanted);
    }

    /** Remembers when to forget the rows located last. */
    void watch(int port, DeltaBatch located) {
        releases.get(port).ifPresent(release -> release.watch(sides[port], located));
    }

    /** Forgets the rows that no partner can come for any more. */
    void advanceTo(long watermark) {
        for (int port = 0; port < sides.length; port++) {
            if (releases.get(port).isPresent()) {
                releases.get(port).get().advanceTo(watermark);
                sides[port].forgetUpTo(watermark);
            }
        }
    }

    void beginProbe(int port, DeltaBatch batch, DeltaBatch keys) {
        if (candidates.length < batch.rowCount()) {
            candidates = new int[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        probePort = port;
        probe = batch;
        probeRow = 0;
        weightLeft = 0;
        sides[1 - port].find(keys, candidates);
    }

    /** Pairs rows until a batch is full or all are paired; false if there are no more pairs. */
    boolean collectMatches() {
        DeltaBatch batch = current();
        RowIndex other = sides[1 - probePort];
        matchCount = 0;
        matchedOthers.clear();
        while (probeRow < batch.rowCount()) {
            int id = candidates[probeRow];
            while (id != RowIndex.END) {
                if (matchCount == matchedRows.length) {
                    candidates[probeRow] = id;
                    return true;
                }
                long weight = weightLeft != 0 ? weightLeft : batch.weight(probeRow) * other.weight(id);
                int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, weight));
                matchedRows[matchCount] = probeRow;
                matchedIds[matchCount] = id;
                matchedAgain[matchCount] = weightLeft != 0;
                matchedWeights[matchCount++] = part;
                other.refer(id, matchedOthers);
                weightLeft = weight - part;
                id = weightLeft != 0 ? id : other.next(id);
            }
            probeRow++;
        }
        return matchCount > 0;
    }

    private DeltaBatch current() {
        if (probe == null) {
            throw new IllegalStateException("no batch is being matched");
        }
        return probe;
    }

    /** How many pairs were collected last. */
    int matchCount() {
        return matchCount;
    }

    /** The row of the batch in a pair. */
    int matchedRow(int pair) {
        return matchedRows[pair];
    }

    /** The record of the other side in a pair. */
    int matchedId(int pair) {
        return matchedIds[pair];
    }

    /** The weight of the record of the other side in a pair. */
    long otherWeight(int pair) {
        return sides[1 - probePort].weight(matchedIds[pair]);
    }

    /** Whether a pair only brings more of the weight of the one before. */
    boolean isMatchedAgain(int pair) {
        return matchedAgain[pair];
    }

    /** The pairs collected last, the left columns first. */
    DeltaBatch takeMatches() {
        DeltaBatch own = current().withWeights(null).select(matchedRows, matchCount);
        Column[] other = sides[1 - probePort].decode(matchedOthers);
        Column[] columns = new Column[own.columnCount() + other.length];
        int ownStart = probePort == JoinOperator.LEFT ? 0 : other.length;
        int otherStart = probePort == JoinOperator.LEFT ? own.columnCount() : 0;
        for (int i = 0; i < own.columnCount(); i++) {
            columns[ownStart + i] = own.column(i);
        }
        System.arraycopy(other, 0, columns, otherStart, other.length);
        return new DeltaBatch(matchCount, columns, weights());
    }

    private int @Nullable [] weights() {
        for (int i = 0; i < matchCount; i++) {
            if (matchedWeights[i] != 1) {
                return Arrays.copyOf(matchedWeights, matchCount);
            }
        }
        return null;
    }

    /** Keeps the rows of a batch for what the other side will bring. */
    void keep(int port, DeltaBatch batch) {
        probe = null;
        DeltaBatch located = sides[port].locate(withFuture(port, batch, true));
        watch(port, located);
        sides[port].addWeights(located);
        sides[port].releaseGone(located);
    }

    void end(int port) {
        ended[port] = true;
    }

    long size() {
        return sides[JoinOperator.LEFT].size() + sides[JoinOperator.RIGHT].size();
    }
}
