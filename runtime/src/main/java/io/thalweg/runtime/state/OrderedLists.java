package io.thalweg.runtime.state;

import java.util.Arrays;

/**
 * A list of rows for each of many partitions, in the order of {@link OrderedRows}. New rows wait at the end of their list
 * until it is settled: then they are put in their places, a few by insertion, many by sorting and merging. One owner thread.
 */
public final class OrderedLists {
    /** Up to so many rows are put in their places one by one. */
    private static final int FEW = 16;
    /** What a list takes beside its numbers. */
    private static final int LIST_BYTES = 24;

    private static final int[] EMPTY = {};

    private final OrderedRows rows;
    private final MemoryAccount account;
    private final Merging merging;
    private int[][] lists = new int[16][];
    private int[] sizes = new int[16];
    private int[] settled = new int[16];

    /** What becomes of two rows of one list that do not differ at all. */
    public interface Merging {
        /** Puts what is known of a row on another one that is kept; whether that is done, so that the row goes. */
        boolean merge(int kept, int row);
    }

    /** @param merging asked about every row that finds an equal one in its list */
    public OrderedLists(OrderedRows rows, Merging merging, MemoryAccount account) {
        this.rows = rows;
        this.merging = merging;
        this.account = account;
    }

    /** Makes an empty list. */
    public void open(int list) {
        if (list >= lists.length) {
            int larger = Math.max(list + 1, lists.length * 2);
            account.reserve((larger - lists.length) * 16L);
            lists = Arrays.copyOf(lists, larger);
            sizes = Arrays.copyOf(sizes, larger);
            settled = Arrays.copyOf(settled, larger);
        }
        lists[list] = EMPTY;
        sizes[list] = 0;
        settled[list] = 0;
    }

    /** Gives up a list; its rows are the caller's. */
    public void close(int list) {
        account.release(bytes(lists[list]));
        lists[list] = EMPTY;
        sizes[list] = 0;
        settled[list] = 0;
    }

    private static long bytes(int[] array) {
        return array.length == 0 ? 0 : LIST_BYTES + (long) Integer.BYTES * array.length;
    }

    /** Adds a row, which takes its place when the list is settled. */
    public void add(int list, int row) {
        int size = sizes[list];
        if (size == lists[list].length) {
            resize(list, size < 2 ? size + 1 : size + (size >>> 1));
        }
        lists[list][size] = row;
        sizes[list] = size + 1;
    }

    private void resize(int list, int capacity) {
        account.reserve(LIST_BYTES + (long) Integer.BYTES * capacity);
        account.release(bytes(lists[list]));
        lists[list] = Arrays.copyOf(lists[list], capacity);
    }

    public int size(int list) {
        return sizes[list];
    }

    /** How many rows wait for their places. */
    public int unsettled(int list) {
        return sizes[list] - settled[list];
    }

    /** A row by its place in a settled list. */
    public int row(int list, int place) {
        return lists[list][place];
    }

    /** The places, shared; the first {@link #size} of them are used. */
    public int[] rows(int list) {
        return lists[list];
    }

    /** Puts all rows of a list in their places; the result is the lowest place where something has changed. */
    public int settle(int list) {
        int from = settled[list];
        int size = sizes[list];
        if (from == size) {
            return size;
        }
        return size - from <= FEW ? insertAll(list) : mergeAll(list);
    }

    private int insertAll(int list) {
        int[] array = lists[list];
        int end = settled[list];
        int size = sizes[list];
        int lowest = end;
        for (int next = end; next < size; next++) {
            int row = array[next];
            int place = find(array, end, row);
            lowest = Math.min(lowest, Math.abs(place) - (place < 0 ? 1 : 0));
            if (place < 0 || !mergeInto(array[place], row)) {
                int at = place < 0 ? -place - 1 : place;
                System.arraycopy(array, at, array, at + 1, end - at);
                array[at] = row;
                end++;
            }
        }
        settled[list] = end;
        sizes[list] = end;
        return lowest;
    }

    private boolean mergeInto(int kept, int row) {
        boolean merged = merging.merge(kept, row);
        if (merged) {
            rows.remove(row);
        }
        return merged;
    }

    /** The place of a row that does not differ from the given one; if there is none, -1 less the place where it belongs. */
    private int find(int[] array, int end, int row) {
        int low = 0;
        int high = end - 1;
        if (end > 0 && rows.compare(array[high], row) < 0) {
            return -end - 1;
        }
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = rows.compare(array[middle], row);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private int mergeAll(int list) {
        int[] array = lists[list];
        int from = settled[list];
        int[] added = sorted(array, from, sizes[list]);
        int first = find(array, from, added[0]);
        int lowest = first < 0 ? -first - 1 : first;
        int tail = from - lowest;
        int[] old = Arrays.copyOfRange(array, lowest, from);
        int end = lowest;
        int o = 0;
        for (int i = 0; i < added.length; i++) {
            while (o < tail && rows.compare(old[o], added[i]) <= 0) {
                array[end++] = old[o++];
            }
            boolean mayMerge = end > lowest && rows.compare(array[end - 1], added[i]) == 0;
            if (!mayMerge || !mergeInto(array[end - 1], added[i])) {
                array[end++] = added[i];
            }
        }
        System.arraycopy(old, o, array, end, tail - o);
        settled[list] = end + tail - o;
        sizes[list] = settled[list];
        return lowest;
    }

    private int[] sorted(int[] array, int from, int to) {
        int[] places = IndexSort.sort(to - from, (l, r) -> rows.compare(array[from + l], array[from + r]));
        int[] sorted = new int[to - from];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = array[from + places[i]];
        }
        return sorted;
    }

    /** Gives a list other rows, all in their places; the array is the list's from then on. */
    public void replace(int list, int[] array, int size) {
        account.reserve(bytes(array));
        account.release(bytes(lists[list]));
        lists[list] = array;
        sizes[list] = size;
        settled[list] = size;
    }

    /** Drops the first rows of a settled list, which are the caller's. */
    public void dropFirst(int list, int count) {
        drop(list, 0, count);
    }

    /** Drops the rows of a settled list from a place up to another one; they are the caller's. */
    public void drop(int list, int from, int to) {
        System.arraycopy(lists[list], to, lists[list], from, sizes[list] - to);
        truncate(list, sizes[list] - (to - from));
    }

    /** How many rows of a settled list have a lower prefix than this. */
    public int countBelow(int list, long prefix) {
        int low = 0;
        int high = sizes[list];
        while (low < high) {
            int middle = low + high >>> 1;
            if (rows.prefix(lists[list][middle]) < prefix) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many rows of a settled list have no higher prefix than this. */
    public int countUpTo(int list, long prefix) {
        return prefix == Long.MAX_VALUE ? sizes[list] : countBelow(list, prefix + 1);
    }

    /** Cuts a settled list; the rows behind are the caller's. */
    public void truncate(int list, int size) {
        sizes[list] = size;
        settled[list] = size;
        int[] array = lists[list];
        if (array.length > 8 && size < array.length / 4) {
            resize(list, size);
        }
    }
}
