package io.thalweg.model.delta;

import io.thalweg.model.type.PhysicalKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@link PhysicalKind#BYTES}: each value is a slice of one shared array. With codes the slices are the
 * entries of a dictionary and row {@code r} is slice {@code codes[r]}; without codes row {@code r} is slice {@code r}.
 * The slice of a NULL is unspecified but lies within the array.
 */
public final class BytesColumn extends Column {
    private final byte[] data;
    private final int[] starts;
    private final int[] lengths;
    private final int @Nullable [] codes;

    /** A column of one slice a row. */
    public BytesColumn(int rowCount, byte[] data, int[] starts, int[] lengths, long @Nullable [] nulls) {
        this(rowCount, data, starts, lengths, null, nulls);
    }

    /** A column of dictionary codes if {@code codes} is given, otherwise of one slice a row. */
    public BytesColumn(
            int rowCount, byte[] data, int[] starts, int[] lengths, int @Nullable [] codes, long @Nullable [] nulls) {
        super(rowCount, nulls);
        int needed = codes == null ? rowCount : 0;
        if (starts.length < needed || lengths.length < needed || (codes != null && codes.length < rowCount)) {
            throw new IllegalArgumentException("fewer slices or codes than " + rowCount + " rows");
        }
        this.data = data;
        this.starts = starts;
        this.lengths = lengths;
        this.codes = codes;
    }

    /** The bytes that all slices point into, shared. */
    public byte[] data() {
        return data;
    }

    /** Where each slice starts in {@link #data()}, shared. */
    public int[] starts() {
        return starts;
    }

    /** How many bytes each slice has, shared. */
    public int[] lengths() {
        return lengths;
    }

    /** The slice of each row, or null if row and slice number are the same. */
    public int @Nullable [] codes() {
        return codes;
    }

    /** The slice number of a row. */
    public int slice(int row) {
        return codes == null ? row : codes[row];
    }

    public int start(int row) {
        return starts[slice(row)];
    }

    public int length(int row) {
        return lengths[slice(row)];
    }

    /** The value decoded as UTF-8. For the edges, not for per-row code. */
    public String text(int row) {
        return new String(data, start(row), length(row), StandardCharsets.UTF_8);
    }

    /** A copy of the value. For the edges, not for per-row code. */
    public byte[] bytes(int row) {
        int start = start(row);
        return Arrays.copyOfRange(data, start, start + length(row));
    }

    @Override
    public PhysicalKind kind() {
        return PhysicalKind.BYTES;
    }

    @Override
    public BytesColumn select(int[] rows, int count) {
        long @Nullable [] selectedNulls = selectNulls(rows, count);
        if (codes != null) {
            int[] selectedCodes = new int[count];
            for (int i = 0; i < count; i++) {
                selectedCodes[i] = codes[rows[i]];
            }
            return new BytesColumn(count, data, starts, lengths, selectedCodes, selectedNulls);
        }
        int[] selectedStarts = new int[count];
        int[] selectedLengths = new int[count];
        for (int i = 0; i < count; i++) {
            selectedStarts[i] = starts[rows[i]];
            selectedLengths[i] = lengths[rows[i]];
        }
        return new BytesColumn(count, data, selectedStarts, selectedLengths, selectedNulls);
    }
}
