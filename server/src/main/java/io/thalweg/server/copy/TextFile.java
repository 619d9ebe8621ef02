package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.server.format.CsvRowDecoder;
import io.thalweg.server.format.JsonRowDecoder;
import io.thalweg.server.format.RawRowDecoder;
import io.thalweg.server.format.RowDecoder;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.format.UndecodableRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of records that each are text: JSON, in lines or as one array, CSV, or plain lines. */
final class TextFile implements RowFile {
    private final InputStream input;
    private final RecordReader records;
    private final CopyOptions options;
    private final Optional<List<String>> header;
    private @Nullable RowDecoder decoder;

    /** Reads what stands before the first row. */
    TextFile(InputStream input, CopyOptions options) throws IOException {
        this.input = input;
        this.options = options;
        this.records = new RecordReader(input);
        records.skipByteOrderMark();
        if (options.format() == CopyFormat.CSV) {
            records.use(new CsvScanner(options.dialect()));
            this.header = options.header() ? header() : Optional.empty();
        } else if (options.format() == CopyFormat.RAW) {
            records.use(new LineScanner(true));
            records.keepEmpty();
            this.header = Optional.empty();
        } else {
            if (records.skip((byte) '[')) {
                records.use(new JsonArrayScanner());
            }
            this.header = Optional.empty();
        }
    }

    /** The names in the first line; none if there is no line at all. */
    private Optional<List<String>> header() throws IOException {
        if (!records.next()) {
            return Optional.empty();
        }
        try {
            refuseDefect();
            return Optional.of(
                    List.of(CsvRowDecoder.texts(options.dialect(), records.data(), records.start(), records.length())));
        } catch (UndecodableRow failure) {
            throw RefusedRecord.of(records, failure);
        }
    }

    private void refuseDefect() {
        if (records.defect().isPresent()) {
            throw new UndecodableRow(ErrorCode.CAST_FAILURE, records.defect().get(), 0);
        }
    }

    @Override
    public Optional<List<String>> columns() {
        return header;
    }

    @Override
    public void begin(RowSchema schema) {
        if (options.format() == CopyFormat.JSON) {
            decoder = new JsonRowDecoder(schema);
            return;
        }
        if (options.format() == CopyFormat.RAW) {
            decoder = new RawRowDecoder(schema);
            return;
        }
        int width = header.map(List::size).orElse(schema.type().size());
        int[] columnOf = new int[width];
        for (int i = 0; i < width; i++) {
            columnOf[i] = header.isPresent() ? schema.find(header.get().get(i)) : i;
        }
        if (width == 1) {
            records.keepEmpty();
        }
        decoder = new CsvRowDecoder(schema, options.dialect(), columnOf);
    }

    @Override
    public boolean read(DeltaBatchBuilder rows) throws IOException {
        RowDecoder begun = decoder;
        if (begun == null) {
            throw new IllegalStateException("read before it was begun");
        }
        if (!records.next()) {
            return false;
        }
        try {
            refuseDefect();
            begun.decode(records.data(), records.start(), records.length(), rows);
        } catch (UndecodableRow failure) {
            throw RefusedRecord.of(records, failure);
        }
        return true;
    }

    @Override
    public String place() {
        return "line " + records.line();
    }

    @Override
    public long size() {
        return records.length();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
