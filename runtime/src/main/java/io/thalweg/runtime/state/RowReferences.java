package io.thalweg.runtime.state;

import java.util.Arrays;

/** Places of encoded rows, collected to be decoded together column by column. A scratch list that is reused. */
public final class RowReferences {
    private byte[][] data = new byte[64][];
    private int[] starts = new int[64];
    private int count;

    public void clear() {
        count = 0;
    }

    public void add(byte[] bytes, int start) {
        if (count == starts.length) {
            data = Arrays.copyOf(data, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
        }
        data[count] = bytes;
        starts[count++] = start;
    }

    public int count() {
        return count;
    }

    byte[] data(int row) {
        return data[row];
    }

    int start(int row) {
        return starts[row];
    }

    int[] startsPlus(int distance) {
        int[] moved = new int[count];
        for (int i = 0; i < count; i++) {
            moved[i] = starts[i] + distance;
        }
        return moved;
    }
}
