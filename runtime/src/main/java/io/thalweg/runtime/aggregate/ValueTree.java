package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.ByteArena;
import io.thalweg.runtime.state.IdAllocator;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.SortableBits;

/**
 * Many ordered multisets of values in one pool of nodes. Each is a treap: a search tree by value and a heap by a priority
 * that is a hash of the node's number, which keeps it shallow whatever the order of insertions. A tree is known by its
 * root; 0 is the empty one. A ranked tree also knows in each node how many values are below it and how often the most
 * frequent of them is there.
 */
final class ValueTree {
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int WEIGHT = 2;
    private static final int LEFT = 3;
    private static final int RIGHT = 4;
    private static final int NODE_LONGS = 5;
    // Of a ranked tree only.
    private static final int COUNT = 5;
    private static final int MOST = 6;
    private static final int RANKED_NODE_LONGS = 7;
    /** The root of a tree without values. */
    static final int EMPTY = 0;

    private final OrderedValues values;
    private final boolean ranked;
    private final RecordPages nodes;
    private final IdAllocator ids = new IdAllocator();

    // The two trees that the last split made.
    private int lower;
    private int upper;

    /** @param ranked whether values are asked for by their rank or their frequency */
    ValueTree(SqlType type, boolean ranked, MemoryAccount account) {
        this.values = new OrderedValues(type, account);
        this.ranked = ranked;
        this.nodes = new RecordPages(ranked ? RANKED_NODE_LONGS : NODE_LONGS, account);
        nodes.ensure(EMPTY);
    }

    /** Adds a row of a column to a tree so many times; the result is the tree's new root. */
    int add(int root, Column column, int row, int weight) {
        values.load(column, row);
        int node = root;
        while (node != EMPTY) {
            int order = compare(node);
            if (order == 0) {
                long sum = nodes.get(node, WEIGHT) + weight;
                nodes.set(node, WEIGHT, sum);
                if (sum == 0) {
                    return removeLoaded(root);
                }
                if (ranked) {
                    recountLoaded(root);
                }
                return root;
            }
            node = order > 0 ? left(node) : right(node);
        }
        int inserted = ids.allocate();
        nodes.ensure(inserted);
        nodes.set(inserted, FIRST, values.store());
        nodes.set(inserted, SECOND, values.second());
        nodes.set(inserted, WEIGHT, weight);
        nodes.set(inserted, LEFT, EMPTY);
        nodes.set(inserted, RIGHT, EMPTY);
        recount(inserted);
        return insert(root, inserted);
    }

    /** Counts the way to the loaded value again. */
    private void recountLoaded(int node) {
        int order = compare(node);
        if (order != 0) {
            recountLoaded(order > 0 ? left(node) : right(node));
        }
        recount(node);
    }

    /** Brings a node up to date with the nodes below it. */
    private void recount(int node) {
        if (ranked) {
            int left = left(node);
            int right = right(node);
            long weight = nodes.get(node, WEIGHT);
            nodes.set(node, COUNT, weight + nodes.get(left, COUNT) + nodes.get(right, COUNT));
            nodes.set(node, MOST, Math.max(weight, Math.max(nodes.get(left, MOST), nodes.get(right, MOST))));
        }
    }

    /** Moves text to fresh memory if most of the old is garbage. */
    void compact() {
        if (!values.shouldMove()) {
            return;
        }
        ByteArena old = values.beginMove();
        for (int node = 1; node < ids.end(); node++) {
            if (nodes.get(node, WEIGHT) != 0) {
                nodes.set(node, FIRST, values.move(old, nodes.get(node, FIRST)));
            }
        }
        old.discard();
    }

    private int compare(int node) {
        return values.compareStored(nodes.get(node, FIRST), nodes.get(node, SECOND));
    }

    private int left(int node) {
        return (int) nodes.get(node, LEFT);
    }

    private int right(int node) {
        return (int) nodes.get(node, RIGHT);
    }

    private static int priority(int node) {
        int mixed = node * 0x9E3779B9;
        mixed = (mixed ^ mixed >>> 15) * 0x85EBCA6B;
        return mixed ^ mixed >>> 13;
    }

    private int insert(int root, int inserted) {
        if (root == EMPTY) {
            return inserted;
        }
        if (priority(inserted) > priority(root)) {
            split(root);
            nodes.set(inserted, LEFT, lower);
            nodes.set(inserted, RIGHT, upper);
            recount(inserted);
            return inserted;
        }
        if (compare(root) > 0) {
            nodes.set(root, LEFT, insert(left(root), inserted));
        } else {
            nodes.set(root, RIGHT, insert(right(root), inserted));
        }
        recount(root);
        return root;
    }

    /** Splits a tree into what is below the loaded value and what is above it. */
    private void split(int root) {
        if (root == EMPTY) {
            lower = EMPTY;
            upper = EMPTY;
        } else if (compare(root) > 0) {
            split(left(root));
            nodes.set(root, LEFT, upper);
            recount(root);
            upper = root;
        } else {
            split(right(root));
            nodes.set(root, RIGHT, lower);
            recount(root);
            lower = root;
        }
    }

    private int removeLoaded(int root) {
        int order = compare(root);
        if (order == 0) {
            int rest = merge(left(root), right(root));
            free(root);
            return rest;
        }
        if (order > 0) {
            nodes.set(root, LEFT, removeLoaded(left(root)));
        } else {
            nodes.set(root, RIGHT, removeLoaded(right(root)));
        }
        recount(root);
        return root;
    }

    private int merge(int low, int high) {
        if (low == EMPTY || high == EMPTY) {
            return low == EMPTY ? high : low;
        }
        if (priority(low) > priority(high)) {
            nodes.set(low, RIGHT, merge(right(low), high));
            recount(low);
            return low;
        }
        nodes.set(high, LEFT, merge(low, left(high)));
        recount(high);
        return high;
    }

    private void free(int node) {
        values.free(nodes.get(node, FIRST));
        nodes.set(node, WEIGHT, 0);
        ids.release(node);
    }

    /** Frees a whole tree. */
    void clear(int root) {
        if (root != EMPTY) {
            clear(left(root));
            clear(right(root));
            free(root);
        }
    }

    /** Appends the lowest value of a tree, or NULL. */
    void appendFirst(int root, ColumnBuilder out) {
        int node = root;
        while (node != EMPTY && left(node) != EMPTY) {
            node = left(node);
        }
        append(node, out);
    }

    /** Appends the highest value of a tree, or NULL. */
    void appendLast(int root, ColumnBuilder out) {
        int node = root;
        while (node != EMPTY && right(node) != EMPTY) {
            node = right(node);
        }
        append(node, out);
    }

    /** How many values a ranked tree has. */
    long count(int root) {
        return nodes.get(root, COUNT);
    }

    /** Appends the value of a rank, counted from 1, or NULL if there is none. */
    void appendRanked(int root, long rank, ColumnBuilder out) {
        append(ranked(root, rank), out);
    }

    /** The value of a rank that is there, counted from 1, in a tree of doubles. */
    double rankedDouble(int root, long rank) {
        return SortableBits.decode(nodes.get(ranked(root, rank), FIRST));
    }

    private int ranked(int root, long rank) {
        int node = root;
        long before = rank - 1;
        while (node != EMPTY) {
            long left = nodes.get(left(node), COUNT);
            if (before < left) {
                node = left(node);
            } else if (before < left + nodes.get(node, WEIGHT)) {
                return node;
            } else {
                before -= left + nodes.get(node, WEIGHT);
                node = right(node);
            }
        }
        return EMPTY;
    }

    /** Appends the value of a ranked tree that is there most often, the lowest of several, or NULL. */
    void appendMostFrequent(int root, ColumnBuilder out) {
        long most = nodes.get(root, MOST);
        int node = root;
        while (node != EMPTY) {
            if (nodes.get(left(node), MOST) == most) {
                node = left(node);
            } else if (nodes.get(node, WEIGHT) == most) {
                break;
            } else {
                node = right(node);
            }
        }
        append(node, out);
    }

    /** Shows the values of a tree of bytes in their order, each with its number. */
    void forEach(int root, Reader reader) {
        if (root != EMPTY) {
            forEach(left(root), reader);
            values.show(nodes.get(root, FIRST), nodes.get(root, WEIGHT), reader);
            forEach(right(root), reader);
        }
    }

    /** Is shown the values of a tree of bytes. */
    interface Reader {
        void read(byte[] data, int start, int length, long weight);
    }

    private void append(int node, ColumnBuilder out) {
        if (node == EMPTY) {
            out.appendNull();
        } else {
            values.append(nodes.get(node, FIRST), nodes.get(node, SECOND), out);
        }
    }
}
