package io.thalweg.server.format.parquet;

import io.thalweg.server.format.MalformedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The pages of a column within a row group, each read when it is asked for. One owner thread. */
final class ChunkPages implements PageReader {
    /** Writers aim at one MiB; a file must not make us allocate what it likes. */
    private static final int MAX_PAGE_BYTES = 256 << 20;

    private final ColumnMetaData chunk;
    private final PrimitiveType type;
    private final InputStream input;
    private @Nullable PageHeader peeked;
    private long valuesRead;

    /** @param input stands at the first page of the chunk */
    ChunkPages(ColumnMetaData chunk, PrimitiveType type, InputStream input) {
        this.chunk = chunk;
        this.type = type;
        this.input = input;
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getNum_values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = next();
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                return null;
            }
            peeked = null;
            byte[] bytes = PageCodec.decompress(chunk.getCodec(), body(header), 0, header.getUncompressed_page_size());
            return new DictionaryPage(
                    BytesInput.from(bytes),
                    header.getDictionary_page_header().getNum_values(),
                    encoding(header.getDictionary_page_header().getEncoding()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (valuesRead < chunk.getNum_values()) {
                PageHeader header = next();
                peeked = null;
                byte[] body = body(header);
                if (header.isSetData_page_header()) {
                    return version1(header, header.getData_page_header(), body);
                }
                if (header.isSetData_page_header_v2()) {
                    return version2(header, header.getData_page_header_v2(), body);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PageHeader next() throws IOException {
        PageHeader header = peeked == null ? Util.readPageHeader(input) : peeked;
        peeked = header;
        if (header.getCompressed_page_size() < 0
                || header.getCompressed_page_size() > MAX_PAGE_BYTES
                || header.getUncompressed_page_size() < 0
                || header.getUncompressed_page_size() > MAX_PAGE_BYTES) {
            throw new MalformedFile("a page has more than " + MAX_PAGE_BYTES + " bytes");
        }
        return header;
    }

    private byte[] body(PageHeader header) throws IOException {
        byte[] body = input.readNBytes(header.getCompressed_page_size());
        if (body.length < header.getCompressed_page_size()) {
            throw new MalformedFile("the file ends within a page");
        }
        return body;
    }

    private DataPage version1(PageHeader header, DataPageHeader page, byte[] body) throws IOException {
        valuesRead += page.getNum_values();
        byte[] bytes = PageCodec.decompress(chunk.getCodec(), body, 0, header.getUncompressed_page_size());
        return new DataPageV1(
                BytesInput.from(bytes),
                page.getNum_values(),
                bytes.length,
                noStatistics(),
                encoding(page.getRepetition_level_encoding()),
                encoding(page.getDefinition_level_encoding()),
                encoding(page.getEncoding()));
    }

    /** Levels stand before the values and are never compressed. */
    private DataPage version2(PageHeader header, DataPageHeaderV2 page, byte[] body) throws IOException {
        valuesRead += page.getNum_values();
        int repetition = page.getRepetition_levels_byte_length();
        int levels = repetition + page.getDefinition_levels_byte_length();
        if (repetition < 0 || levels < repetition || levels > body.length) {
            throw new MalformedFile("a page is damaged");
        }
        byte[] values = page.isIs_compressed()
                ? PageCodec.decompress(chunk.getCodec(), body, levels, header.getUncompressed_page_size() - levels)
                : Arrays.copyOfRange(body, levels, body.length);
        return DataPageV2.uncompressed(
                page.getNum_rows(),
                page.getNum_nulls(),
                page.getNum_values(),
                BytesInput.from(body, 0, repetition),
                BytesInput.from(body, repetition, levels - repetition),
                encoding(page.getEncoding()),
                BytesInput.from(values),
                noStatistics());
    }

    private Statistics<?> noStatistics() {
        return Statistics.createStats(type);
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
