package io.thalweg.runtime.aggregate;

/** Says which longs of a group's record belong to whom. Used while an aggregation is set up. */
final class RecordLayout {
    private int length;

    /** Sets longs aside; the result is where they start. */
    int reserve(int longs) {
        int start = length;
        length += longs;
        return start;
    }

    int length() {
        return length;
    }
}
