package io.thalweg.runtime.operator;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.nested.NestedReader;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.Arrays;

/** Repeats each row for every element of an array or entry of a map. Remembers nothing. */
public final class UnnestOperator implements Operator {
    private final UnnestNode node;
    private final SqlType collection;
    private final SqlType[] types;
    private final Runnable cancellationCheck;

    public UnnestOperator(UnnestNode node, OperatorContext context) {
        this.node = node;
        this.collection = node.input().type().type(node.column());
        this.types = UnnestNode.elementTypes(collection).toArray(SqlType[]::new);
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        Elements elements = new Elements(batch, output);
        BytesColumn values = batch.bytesColumn(node.column());
        for (int row = 0; row < batch.rowCount(); row++) {
            elements.add(values, row);
        }
        elements.flush();
    }

    /** The elements of one batch on their way out. */
    private final class Elements {
        private final DeltaBatch batch;
        private final Output output;
        private final NestedReader reader = new NestedReader();
        private final NestedReader fields = new NestedReader();
        private final int[] rows = new int[DeltaBatch.TARGET_ROWS];
        private final ColumnBuilder[] columns = new ColumnBuilder[types.length];
        private final ColumnBuilder positions = new ColumnBuilder(SqlType.INTEGER.kind());
        private int count;

        Elements(DeltaBatch batch, Output output) {
            this.batch = batch;
            this.output = output;
            for (int i = 0; i < types.length; i++) {
                columns[i] = new ColumnBuilder(types[i].kind());
            }
        }

        void add(BytesColumn values, int row) {
            int position = 0;
            if (!values.isNull(row)) {
                reader.begin(values.data(), values.start(row));
                while (reader.next()) {
                    append();
                    positions.appendInt(++position);
                    endRow(row);
                }
            }
            if (position == 0 && node.outer()) {
                for (ColumnBuilder column : columns) {
                    column.appendNull();
                }
                positions.appendNull();
                endRow(row);
            }
        }

        /** Appends the element at which the reader stands. */
        private void append() {
            SqlType element = collection.component(0);
            if (collection.name() == TypeName.MAP) {
                NestedCells.append(element, reader, columns[0]);
                reader.next();
                NestedCells.append(collection.component(1), reader, columns[1]);
            } else if (element.name() != TypeName.ROW) {
                NestedCells.append(element, reader, columns[0]);
            } else if (reader.isNull()) {
                for (ColumnBuilder column : columns) {
                    column.appendNull();
                }
            } else {
                reader.readBytes(element);
                fields.begin(reader.bytes(), reader.bytesStart());
                for (int i = 0; i < types.length; i++) {
                    fields.next();
                    NestedCells.append(types[i], fields, columns[i]);
                }
            }
        }

        private void endRow(int row) {
            rows[count++] = row;
            if (count == rows.length) {
                flush();
            }
        }

        void flush() {
            if (count == 0) {
                return;
            }
            cancellationCheck.run();
            DeltaBatch repeated = batch.select(rows, count);
            int inputColumns = batch.columnCount();
            Column[] all = Arrays.copyOf(
                    repeated.columns().toArray(Column[]::new), node.type().size());
            for (int i = 0; i < columns.length; i++) {
                all[inputColumns + i] = columns[i].build();
            }
            Column numbers = positions.build();
            if (node.ordinality()) {
                all[inputColumns + columns.length] = numbers;
            }
            output.emit(new DeltaBatch(count, all, repeated.weights()));
            count = 0;
        }
    }
}
