package io.thalweg.log;

import io.thalweg.log.frame.FrameDraft;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The appends of one statement, which get their places together and become visible together. Either all partitions take
 * their part or none does. Used once, by one thread.
 */
final class JointAppend {
    private final PartitionContext context;
    private final List<PlacedAppend> appends;
    private final List<AppendQueue> queues;
    private final List<CompletableFuture<AppendResult>> results = new ArrayList<>();

    JointAppend(PartitionContext context, List<PlacedAppend> appends) {
        this.context = context;
        this.appends = appends;
        Set<AppendQueue> distinct = new LinkedHashSet<>();
        for (PlacedAppend append : appends) {
            if (append.request().producer().isKnown()) {
                throw new IllegalArgumentException("an append of an idempotent producer stands alone");
            }
            distinct.add(append.partition().queue());
        }
        this.queues = List.copyOf(distinct);
    }

    /** As {@link LogStore#appendTogether}. */
    List<CompletableFuture<AppendResult>> place() {
        List<FrameDraft> drafts = new ArrayList<>();
        long bytes = 0;
        for (PlacedAppend append : appends) {
            append.partition().requireTakes(append.request());
            FrameDraft draft = append.partition().draft(append.request());
            drafts.add(draft);
            bytes += draft.lengthBytes();
        }
        // More than all the memory there is for waiting appends waits until nothing else does.
        int granted = context.budget().acquireUpTo(bytes);
        boolean placed = false;
        try {
            context.groups().place(() -> holdFrom(0, () -> addAll(drafts, granted)));
            placed = true;
        } finally {
            if (!placed) {
                context.budget().release(granted);
            }
        }
        return results;
    }

    /** Holds the doors of all partitions from one on, so that none closes when another has taken its part. */
    private void holdFrom(int first, Runnable action) {
        if (first == queues.size()) {
            action.run();
        } else {
            queues.get(first).holding(() -> holdFrom(first + 1, action));
        }
    }

    private void addAll(List<FrameDraft> drafts, int granted) {
        queues.forEach(AppendQueue::requireOpen);
        int left = granted;
        for (int i = 0; i < appends.size(); i++) {
            PlacedAppend append = appends.get(i);
            int share = Math.min(left, drafts.get(i).lengthBytes());
            left -= share;
            results.add(append.partition().enqueue(drafts.get(i), append.request(), share));
        }
    }
}
