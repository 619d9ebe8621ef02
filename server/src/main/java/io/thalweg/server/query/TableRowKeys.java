package io.thalweg.server.query;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.RowKeys;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.EncodedRows;
import io.thalweg.runtime.state.RowCodec;
import java.util.ArrayList;
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

    TableRowKeys(RowType storedType, List<Integer> primaryKey) {
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
        for (int row = 0; row < keys.rowCount(); row++) {
            visitor.row(row, encoded.copy(row), keys.weight(row) < 0);
        }
    }
}
