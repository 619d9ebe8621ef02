package io.thalweg.server.format.parquet;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.server.format.CellEncoder;
import io.thalweg.server.format.RowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Rows as a Parquet file, with pages compressed by Snappy. A row group is in memory until it is complete. Arrays, maps and
 * rows are columns of JSON. One owner thread.
 */
public final class ParquetRowWriter implements RowWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final long GROUP_BYTES = 32 << 20;
    private static final int GROUP_ROWS = 1 << 20;

    private final RowType type;
    private final OutputStream target;
    private final MessageType message;
    private final List<SchemaElement> schema;
    private final CellEncoder[] encoders;
    private final Slice text = new Slice();
    private final List<RowGroup> groups = new ArrayList<>();
    private Group group;
    private long position;
    private long rows;

    /** The row group that is being written. */
    private static final class Group {
        private final Map<ColumnDescriptor, ChunkWriter> chunks = new LinkedHashMap<>();
        private final ColumnWriteStoreV1 store;
        private final ColumnWriter[] writers;
        private long rows;

        Group(MessageType message) {
            message.getColumns().forEach(column -> chunks.put(column, new ChunkWriter(column)));
            store = new ColumnWriteStoreV1(
                    message,
                    descriptor -> chunks.get(descriptor),
                    ParquetProperties.builder().withStatisticsEnabled(false).build());
            writers = message.getColumns().stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
        }
    }

    public ParquetRowWriter(RowType type, OutputStream target) throws IOException {
        this.type = type;
        this.target = target;
        this.message = WrittenSchema.message(type);
        this.schema = WrittenSchema.elements(type);
        this.group = new Group(message);
        this.encoders = new CellEncoder[type.size()];
        for (int i = 0; i < encoders.length; i++) {
            encoders[i] = new CellEncoder(type.type(i));
        }
        write(MAGIC);
    }

    private void write(byte[] bytes) throws IOException {
        target.write(bytes);
        position += bytes.length;
    }

    @Override
    public void write(DeltaBatch batch) throws IOException {
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int i = 0; i < encoders.length; i++) {
                write(i, batch.column(i), row, group.writers[i]);
            }
            group.store.endRecord();
            group.rows++;
        }
        if (group.rows >= GROUP_ROWS || group.store.getBufferedSize() > GROUP_BYTES) {
            endGroup();
        }
    }

    private void write(int index, Column column, int row, ColumnWriter writer) {
        if (column.isNull(row)) {
            writer.writeNull(0, 0);
            return;
        }
        SqlType cell = type.type(index);
        switch (column.kind()) {
            case INT -> {
                if (cell.name() == TypeName.BOOLEAN) {
                    writer.write(((IntColumn) column).value(row) != 0, 0, 1);
                } else {
                    writer.write(((IntColumn) column).value(row), 0, 1);
                }
            }
            case LONG -> writer.write(((LongColumn) column).value(row), 0, 1);
            case DOUBLE -> {
                double value = ((DoubleColumn) column).value(row);
                if (cell.name() == TypeName.REAL) {
                    writer.write((float) value, 0, 1);
                } else {
                    writer.write(value, 0, 1);
                }
            }
            case DECIMAL128 -> writer.write(decimal((Decimal128Column) column, row), 0, 1);
            case BYTES -> {
                if (cell.name() == TypeName.VARBINARY) {
                    BytesColumn bytes = (BytesColumn) column;
                    text.set(bytes.data(), bytes.start(row), bytes.length(row));
                } else {
                    encoders[index].print(column, row, text);
                }
                writer.write(Binary.fromReusedByteArray(text.data, text.start, text.length), 0, 1);
            }
        }
    }

    private static Binary decimal(Decimal128Column column, int row) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(column.high()[row]).putLong(column.low()[row]);
        return Binary.fromConstantByteArray(bytes.array());
    }

    private void endGroup() throws IOException {
        if (group.rows == 0) {
            return;
        }
        group.store.flush();
        long start = position;
        long uncompressed = 0;
        List<ColumnChunk> chunks = new ArrayList<>();
        for (ChunkWriter chunk : group.chunks.values()) {
            chunks.add(chunk.describe(position));
            uncompressed += chunk.uncompressedSize();
            write(chunk.dictionary());
            chunk.pages().writeTo(target);
            position += chunk.pages().size();
        }
        groups.add(new RowGroup(chunks, uncompressed, group.rows)
                .setFile_offset(start)
                .setTotal_compressed_size(position - start));
        rows += group.rows;
        group.store.close();
        group = new Group(message);
    }

    @Override
    public void finish() throws IOException {
        endGroup();
        FileMetaData footer = new FileMetaData(1, schema, rows, groups).setCreated_by("Thalweg");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        write(bytes.toByteArray());
        write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.size())
                .array());
        write(MAGIC);
        target.flush();
    }
}
