package io.thalweg.runtime.state;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, each with the time from which its owner is final. Numbers of one time are chained, so that what is closed by a
 * watermark is found without looking at what is not. One owner thread.
 */
public final class CloseQueue {
    private static final int TIME = 0;
    private static final int PREVIOUS = 1;
    private static final int NEXT = 2;
    private static final int QUEUED = 3;
    /** What a bucket and its entry in the map take, roughly. */
    private static final int BUCKET_BYTES = 96;

    private final MemoryAccount account;
    private final RecordPages links;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private @Nullable Bucket recent;

    /** The first of the numbers of one time, 0 if there are none left. */
    private static final class Bucket {
        private final long time;
        private int first;

        private Bucket(long time) {
            this.time = time;
        }
    }

    public CloseQueue(MemoryAccount account) {
        this.account = account;
        this.links = new RecordPages(4, account);
    }

    /** Queues a positive number that is not queued. */
    public void add(int id, long time) {
        Bucket bucket = bucket(time);
        links.ensure(id);
        links.set(id, TIME, time);
        links.set(id, PREVIOUS, 0);
        links.set(id, NEXT, bucket.first);
        links.set(id, QUEUED, 1);
        if (bucket.first != 0) {
            links.set(bucket.first, PREVIOUS, id);
        }
        bucket.first = id;
    }

    private Bucket bucket(long time) {
        Bucket bucket = recent;
        if (bucket != null && bucket.time == time) {
            return bucket;
        }
        bucket = buckets.get(time);
        if (bucket == null) {
            account.reserve(BUCKET_BYTES);
            bucket = new Bucket(time);
            buckets.put(time, bucket);
        }
        recent = bucket;
        return bucket;
    }

    /** Takes a number out, if it is queued. */
    public void remove(int id) {
        links.ensure(id);
        if (links.get(id, QUEUED) == 0) {
            return;
        }
        links.set(id, QUEUED, 0);
        int previous = (int) links.get(id, PREVIOUS);
        int next = (int) links.get(id, NEXT);
        if (next != 0) {
            links.set(next, PREVIOUS, previous);
        }
        if (previous != 0) {
            links.set(previous, NEXT, next);
        } else {
            Bucket bucket = bucket(links.get(id, TIME));
            bucket.first = next;
            if (next == 0) {
                drop(bucket);
            }
        }
    }

    private void drop(Bucket bucket) {
        buckets.remove(bucket.time);
        account.release(BUCKET_BYTES);
        recent = null;
    }

    /** Takes out numbers whose time is not above the watermark, at most as many as fit; tells how many. */
    public int poll(long watermark, int[] closed) {
        int count = 0;
        while (count < closed.length) {
            Map.@Nullable Entry<Long, Bucket> entry = buckets.firstEntry();
            if (entry == null || entry.getKey() > watermark) {
                break;
            }
            int id = entry.getValue().first;
            closed[count++] = id;
            remove(id);
        }
        return count;
    }

    /** Whether a number is queued. */
    public boolean contains(int id) {
        return id < links.capacity() && links.get(id, QUEUED) != 0;
    }

    /** Whether nothing is queued. */
    public boolean isEmpty() {
        return buckets.isEmpty();
    }
}
