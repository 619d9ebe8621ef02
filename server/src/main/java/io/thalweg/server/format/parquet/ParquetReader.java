package io.thalweg.server.format.parquet;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.format.MalformedFile;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.format.UndecodableRow;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Reads the rows of a Parquet file. Of each column one page is in memory at a time. Columns that are made of others are
 * refused, unless nobody wants them. One owner thread.
 */
public final class ParquetReader {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_FOOTER_BYTES = 64 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final FileMetaData footer;
    private final List<FileColumn> columns = new ArrayList<>();
    private final List<ColumnReader> readers = new ArrayList<>();
    /** For each wanted column: where it is in the file, how it is read, and whether it can be NULL there. */
    private int[] wanted = {};

    private ValueReader[] values = {};
    private RowSchema schema;
    private int nextGroup;
    private long rowsLeft;
    private long row;

    /** Reads the footer; throws if this is no such file. */
    public ParquetReader(FileChannel channel) throws IOException {
        this.channel = channel;
        this.footer = footer(channel);
        this.schema = new RowSchema(RowType.of(), "");
        List<SchemaElement> elements = footer.getSchema();
        int at = 1;
        for (int i = 0; i < elements.get(0).getNum_children() && at < elements.size(); i++) {
            columns.add(FileColumn.of(elements.get(at)));
            at = behind(elements, at);
        }
    }

    private static FileMetaData footer(FileChannel channel) throws IOException {
        long size = channel.size();
        int tail = MAGIC.length + Integer.BYTES;
        if (size < tail + MAGIC.length) {
            throw new MalformedFile("it is no Parquet file");
        }
        byte[] end = bytes(channel, size - tail, tail);
        int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
        boolean marked = Arrays.equals(end, Integer.BYTES, tail, MAGIC, 0, MAGIC.length);
        if (!marked || length < 0 || length > Math.min(MAX_FOOTER_BYTES, size - tail)) {
            throw new MalformedFile("it is no Parquet file, or is not complete");
        }
        return Util.readFileMetaData(new ByteArrayInputStream(bytes(channel, size - tail - length, length)));
    }

    private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // Until all is there.
        }
        return buffer.array();
    }

    private static int behind(List<SchemaElement> elements, int start) {
        int at = start;
        for (int open = 1; open > 0 && at < elements.size(); open--) {
            open += elements.get(at).getNum_children();
            at++;
        }
        return at;
    }

    /** The names of the columns. */
    public List<String> columns() {
        return columns.stream().map(FileColumn::name).toList();
    }

    /** Says which columns are wanted, by the names they have in the file; throws if one is made of others. */
    public void begin(RowSchema wantedColumns) throws IOException {
        schema = wantedColumns;
        int size = wantedColumns.type().size();
        wanted = new int[size];
        values = new ValueReader[size];
        for (int i = 0; i < columns.size(); i++) {
            int column = wantedColumns.find(columns.get(i).name());
            if (column >= 0) {
                if (columns.get(i).type().isEmpty()) {
                    throw new MalformedFile("its column " + columns.get(i).name()
                            + " is made of others, and only plain columns can be read");
                }
                wanted[column] = i;
                values[column] =
                        new ValueReader(columns.get(i), wantedColumns.type().type(column));
            }
        }
    }

    /**
     * Appends the next row; false if there is none.
     *
     * @throws UndecodableRow if a value is none of its column; the next row can be read
     */
    public boolean read(DeltaBatchBuilder rows) throws IOException {
        try {
            while (rowsLeft == 0) {
                if (nextGroup == footer.getRow_groups().size()) {
                    return false;
                }
                open(footer.getRow_groups().get(nextGroup++));
            }
            rowsLeft--;
            row++;
            appendRow(rows);
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ParquetDecodingException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedFile("its pages are damaged behind row " + (row - 1), e);
        }
    }

    /** Which part of the rows has been read. */
    public double done() {
        return footer.getNum_rows() == 0 ? 1 : (double) row / footer.getNum_rows();
    }

    /** How many bytes a row has, about. */
    public long rowBytes() {
        long bytes = 0;
        for (RowGroup group : footer.getRow_groups()) {
            bytes += group.getTotal_byte_size();
        }
        return bytes / Math.max(1, footer.getNum_rows()) + 1;
    }

    /** The row that was read last, counted from 1. */
    public long row() {
        return row;
    }

    private void appendRow(DeltaBatchBuilder rows) {
        UndecodableRow failure = null;
        for (int i = 0; i < values.length; i++) {
            ColumnReader reader = readers.get(i);
            try {
                if (failure == null) {
                    append(i, reader, rows.column(i));
                }
            } catch (UndecodableRow refused) {
                failure = refused;
            }
            reader.consume();
        }
        if (failure != null) {
            rows.undoRow();
            throw failure;
        }
        rows.endRow();
    }

    private void append(int column, ColumnReader reader, ColumnBuilder builder) {
        if (reader.getCurrentDefinitionLevel() < reader.getDescriptor().getMaxDefinitionLevel()) {
            if (!schema.type().type(column).nullable()) {
                throw schema.nullRefused(column, 0);
            }
            builder.appendNull();
            return;
        }
        try {
            values[column].append(reader, builder);
        } catch (ThalwegException failure) {
            throw schema.refused(column, failure, 0);
        }
    }

    private void open(RowGroup group) throws IOException {
        rowsLeft = group.getNum_rows();
        readers.clear();
        List<Type> types = new ArrayList<>();
        for (int column : wanted) {
            types.add(columns.get(column).type().orElseThrow());
        }
        if (types.isEmpty()) {
            return;
        }
        MessageType message = new MessageType("rows", types);
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(new Pages(group), new NoConverter(), message, footer.getCreated_by());
        for (ColumnDescriptor descriptor : message.getColumns()) {
            readers.add(store.getColumnReader(descriptor));
        }
    }

    /** The pages of a row group. */
    private final class Pages implements PageReadStore {
        private final RowGroup group;

        Pages(RowGroup group) {
            this.group = group;
        }

        @Override
        public PageReader getPageReader(ColumnDescriptor descriptor) {
            String name = descriptor.getPath()[0];
            ColumnMetaData chunk = group.getColumns().stream()
                    .map(column -> column.getMeta_data())
                    .filter(found -> found.getPath_in_schema().equals(List.of(name)))
                    .findFirst()
                    .orElseThrow(() -> new ParquetDecodingException("a row group lacks column " + name));
            long first = chunk.getData_page_offset();
            if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
                first = Math.min(first, chunk.getDictionary_page_offset());
            }
            PrimitiveType type = descriptor.getPrimitiveType();
            return new ChunkPages(chunk, type, new BufferedInputStream(new ChannelInput(first), BUFFER_BYTES));
        }

        @Override
        public long getRowCount() {
            return group.getNum_rows();
        }
    }

    /** The bytes of the file from a position on, whoever else reads of it. */
    private final class ChannelInput extends InputStream {
        private long position;

        ChannelInput(long position) {
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
            position += Math.max(0, count);
            return count;
        }
    }
}
