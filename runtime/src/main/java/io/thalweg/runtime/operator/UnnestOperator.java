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

/** Repeats each row for every element of an array or entry of a map, or of several together. Remembers nothing. */
public final class UnnestOperator implements Operator {
    private final UnnestNode node;
    private final SqlType[] types;
    private final Runnable cancellationCheck;

    public UnnestOperator(UnnestNode node, OperatorContext context) {
        this.node = node;
        this.types =
                UnnestNode.elementTypes(node.input().type(), node.columns()).toArray(SqlType[]::new);
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        Elements elements = new Elements(batch, output);
        for (int row = 0; row < batch.rowCount(); row++) {
            elements.add(row);
        }
        elements.flush();
    }

    /** One collection of a row after the other, and where its elements go. */
    private static final class Collection {
        private final SqlType type;
        private final BytesColumn values;
        private final ColumnBuilder[] columns;
        private final NestedReader reader = new NestedReader();
        private final NestedReader fields = new NestedReader();
        private boolean hasNext;

        private Collection(SqlType type, BytesColumn values, ColumnBuilder[] columns) {
            this.type = type;
            this.values = values;
            this.columns = columns;
        }

        private void begin(int row) {
            hasNext = !values.isNull(row);
            if (hasNext) {
                reader.begin(values.data(), values.start(row));
                hasNext = reader.next();
            }
        }

        /** Appends the element at which the reader stands, or NULL if there is none, and goes on. */
        private void append() {
            if (!hasNext) {
                appendNulls();
                return;
            }
            SqlType element = type.component(0);
            if (type.name() == TypeName.MAP) {
                NestedCells.append(element, reader, columns[0]);
                reader.next();
                NestedCells.append(type.component(1), reader, columns[1]);
            } else if (element.name() != TypeName.ROW) {
                NestedCells.append(element, reader, columns[0]);
            } else if (reader.isNull()) {
                appendNulls();
            } else {
                reader.readBytes(element);
                fields.begin(reader.bytes(), reader.bytesStart());
                for (int i = 0; i < columns.length; i++) {
                    fields.next();
                    NestedCells.append(element.components().get(i).type(), fields, columns[i]);
                }
            }
            hasNext = reader.next();
        }

        private void appendNulls() {
            for (ColumnBuilder column : columns) {
                column.appendNull();
            }
        }
    }

    /** The elements of one batch on their way out. */
    private final class Elements {
        private final DeltaBatch batch;
        private final Output output;
        private final int[] rows = new int[DeltaBatch.TARGET_ROWS];
        private final ColumnBuilder[] columns = new ColumnBuilder[types.length];
        private final ColumnBuilder positions = new ColumnBuilder(SqlType.INTEGER.kind());
        private final Collection[] collections = new Collection[node.columns().size()];
        private int count;

        Elements(DeltaBatch batch, Output output) {
            this.batch = batch;
            this.output = output;
            for (int i = 0; i < types.length; i++) {
                columns[i] = new ColumnBuilder(types[i].kind());
            }
            int first = 0;
            for (int i = 0; i < collections.length; i++) {
                int column = node.columns().get(i);
                SqlType type = node.input().type().type(column);
                int end = first + UnnestNode.elementTypes(type).size();
                collections[i] =
                        new Collection(type, batch.bytesColumn(column), Arrays.copyOfRange(columns, first, end));
                first = end;
            }
        }

        void add(int row) {
            for (Collection collection : collections) {
                collection.begin(row);
            }
            int position = 0;
            while (anyHasNext()) {
                for (Collection collection : collections) {
                    collection.append();
                }
                positions.appendInt(++position);
                endRow(row);
            }
            if (position == 0 && node.outer()) {
                for (ColumnBuilder column : columns) {
                    column.appendNull();
                }
                positions.appendNull();
                endRow(row);
            }
        }

        private boolean anyHasNext() {
            for (Collection collection : collections) {
                if (collection.hasNext) {
                    return true;
                }
            }
            return false;
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
