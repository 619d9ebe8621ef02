package io.thalweg.server.format.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Keeps the pages of a column until its row group is complete. One owner thread. */
final class ChunkWriter implements PageWriter {
    private final ColumnDescriptor column;
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final Set<org.apache.parquet.format.Encoding> encodings = new TreeSet<>();
    private byte[] dictionary = {};
    private long values;
    private long uncompressed;

    ChunkWriter(ColumnDescriptor column) {
        this.column = column;
    }

    /** The form without a count of rows, which the library has given up but for its declaration. */
    @Override
    @Deprecated
    public void writePage(
            BytesInput bytes, int count, Statistics<?> statistics, Encoding levels, Encoding nulls, Encoding data)
            throws IOException {
        write(bytes, count, List.of(format(data), format(nulls), format(levels)));
    }

    /** @param used how data, NULLs and repetition are encoded */
    private void write(BytesInput bytes, int count, List<org.apache.parquet.format.Encoding> used) throws IOException {
        PageHeader page = new PageHeader(PageType.DATA_PAGE, 0, 0);
        page.setData_page_header(new DataPageHeader(count, used.get(0), used.get(1), used.get(2)));
        append(pages, page, plain(bytes));
        values += count;
        encodings.addAll(used);
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> statistics,
            Encoding levels,
            Encoding nulls,
            Encoding data)
            throws IOException {
        write(bytes, count, List.of(format(data), format(nulls), format(levels)));
    }

    /** What the library calls; statistics are not kept. */
    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> statistics,
            SizeStatistics sizes,
            GeospatialStatistics places,
            Encoding levels,
            Encoding nulls,
            Encoding data)
            throws IOException {
        write(bytes, count, List.of(format(data), format(nulls), format(levels)));
    }

    @Override
    public void writePageV2(
            int rows,
            int nulls,
            int count,
            BytesInput repetition,
            BytesInput definition,
            Encoding data,
            BytesInput bytes,
            Statistics<?> statistics) {
        throw new IllegalStateException("pages are of version 1");
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 0, 0);
        header.setDictionary_page_header(
                new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding())));
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        append(target, header, plain(page.getBytes()));
        dictionary = target.toByteArray();
        encodings.add(format(page.getEncoding()));
    }

    private void append(ByteArrayOutputStream target, PageHeader header, byte[] plain) throws IOException {
        byte[] compressed = PageCodec.snappy(plain);
        header.setUncompressed_page_size(plain.length);
        header.setCompressed_page_size(compressed.length);
        int before = target.size();
        Util.writePageHeader(header, target);
        uncompressed += target.size() - before + plain.length;
        target.write(compressed);
    }

    private static byte[] plain(BytesInput input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) input.size());
        input.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    private static org.apache.parquet.format.Encoding format(Encoding encoding) {
        return org.apache.parquet.format.Encoding.valueOf(encoding.name());
    }

    /** How many bytes the chunk has. */
    long size() {
        return dictionary.length + (long) pages.size();
    }

    byte[] dictionary() {
        return dictionary;
    }

    ByteArrayOutputStream pages() {
        return pages;
    }

    long uncompressedSize() {
        return uncompressed;
    }

    /** What the footer says of the chunk, if it is written at this position of the file. */
    ColumnChunk describe(long position) {
        ColumnMetaData data = new ColumnMetaData(
                Type.valueOf(
                        column.getPrimitiveType().getPrimitiveTypeName().name().replace("BINARY", "BYTE_ARRAY")),
                List.copyOf(encodings),
                List.of(column.getPath()),
                CompressionCodec.SNAPPY,
                values,
                uncompressed,
                size(),
                position + dictionary.length);
        if (dictionary.length > 0) {
            data.setDictionary_page_offset(position);
        }
        return new ColumnChunk(position).setMeta_data(data);
    }

    @Override
    public long getMemSize() {
        return size();
    }

    @Override
    public long allocatedSize() {
        return size();
    }

    @Override
    public String memUsageString(String prefix) {
        return prefix + " " + size() + " bytes";
    }
}
