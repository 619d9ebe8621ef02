package io.thalweg.server.query;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.RowKeys;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.BlockCompression;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.EncodedRows;
import io.thalweg.runtime.state.RowCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shows the log the primary keys in the changelog of a table. Keys are the same where the table itself calls them the
 * same; a row of negative weight deletes its key. One thread.
 */
final class TableRowKeys implements RowKeys {
    private final int[] keyColumns;
    private final RowCodec codec;
    private final EncodedRows encoded = new EncodedRows();
    private final BlockCompression compression;
    private final boolean timed;

    TableRowKeys(StoredRelation relation, List<Integer> primaryKey) {
        RowType storedType = relation.storedType();
        this.compression = relation.compression();
        this.timed = relation.watermark().isPresent();
        this.keyColumns = primaryKey.stream().mapToInt(Integer::intValue).toArray();
        List<Field> fields = new ArrayList<>();
        primaryKey.forEach(column -> fields.add(storedType.field(column)));
        List<Integer> all = IntStream.range(0, keyColumns.length).boxed().toList();
        this.codec = RowCodec.canonical(new RowType(fields), all);
    }

    @Override
    public void visit(LogCursor frame, Visitor visitor) {
        if (frame.payloadKind() != PayloadKind.COLUMNAR_BLOCK) {
            return;
        }
        DeltaBatch keys = StoredBlocks.decode(frame.payload(), keyColumns);
        codec.encode(keys, encoded);
        int[] numbers = StoredBlocks.rowNumbers(frame.payload());
        for (int row = 0; row < keys.rowCount(); row++) {
            visitor.row(numbers == null ? row : numbers[row], encoded.copy(row), keys.weight(row) < 0);
        }
    }

    @Override
    public int presentRows(LogCursor frame) {
        return frame.payloadKind() == PayloadKind.COLUMNAR_BLOCK
                ? StoredBlocks.rowCount(frame.payload())
                : frame.rowCount();
    }

    /** Which rows of a block are late depends on all that were in it, so rows with a watermark stay together. */
    @Override
    public boolean isDivisible(LogCursor frame) {
        return !timed && frame.payloadKind() == PayloadKind.COLUMNAR_BLOCK;
    }

    @Override
    public ByteBuffer without(LogCursor frame, BitSet removed) {
        DeltaBatch block = StoredBlocks.decode(frame.payload(), null);
        int[] numbers = StoredBlocks.rowNumbers(frame.payload());
        int[] rows = new int[block.rowCount()];
        int[] kept = new int[block.rowCount()];
        int count = 0;
        for (int row = 0; row < block.rowCount(); row++) {
            int number = numbers == null ? row : numbers[row];
            if (!removed.get(number)) {
                rows[count] = row;
                kept[count++] = number;
            }
        }
        return ByteBuffer.wrap(
                BlockCodec.encodeThinned(block.select(rows, count), Arrays.copyOf(kept, count), compression));
    }
}
