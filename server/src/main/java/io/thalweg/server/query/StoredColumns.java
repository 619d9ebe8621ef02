package io.thalweg.server.query;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LiteralRows;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads the stored columns of a stream or a table from its blocks, also those that were added after a block was written:
 * a block of so many columns holds the first so many, and says nothing of the others. Immutable.
 */
final class StoredColumns {
    private final List<ColumnDefinition> stored;

    StoredColumns(RowColumns columns) {
        this.stored =
                columns.columns().stream().filter(ColumnDefinition::isStored).toList();
    }

    /**
     * The chosen columns of a block.
     *
     * @param payload backed by an array
     */
    DeltaBatch decode(ByteBuffer payload, int[] columns) {
        int written = BlockCodec.columnCount(
                payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        int[] present =
                Arrays.stream(columns).filter(column -> column < written).toArray();
        DeltaBatch block = StoredBlocks.decode(payload, present);
        if (present.length == columns.length) {
            return block;
        }
        Column[] all = new Column[columns.length];
        int next = 0;
        for (int i = 0; i < columns.length; i++) {
            all[i] = columns[i] < written ? block.column(next++) : earlier(columns[i], block.rowCount());
        }
        return new DeltaBatch(block.rowCount(), all, block.weights());
    }

    private Column earlier(int column, int rows) {
        ColumnDefinition definition = stored.get(column);
        Literal value = definition.earlier().orElseGet(() -> Literal.nullOf(definition.type()));
        RowType type = new RowType(List.of(new Field(definition.name(), definition.type())));
        return LiteralRows.batch(type, Collections.nCopies(rows, List.of(value)))
                .column(0);
    }
}
