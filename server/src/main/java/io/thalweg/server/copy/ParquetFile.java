package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.format.UndecodableRow;
import io.thalweg.server.format.parquet.ParquetReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A Parquet file: its places are rows, and what is no row has no bytes of its own. */
final class ParquetFile implements RowFile {
    private static final int ROWS_PER_REPORT = 1_024;

    private final ParquetReader reader;
    private final FileChannel channel;
    private final LongConsumer progress;
    private final long rowBytes;

    /** @param progress told now and then how many bytes have been read, about */
    ParquetFile(FileChannel channel, LongConsumer progress) throws IOException {
        this.channel = channel;
        this.progress = progress;
        this.reader = new ParquetReader(channel);
        this.rowBytes = reader.rowBytes();
    }

    @Override
    public Optional<List<String>> columns() {
        return Optional.of(reader.columns());
    }

    @Override
    public void begin(RowSchema schema) throws IOException {
        reader.begin(schema);
    }

    @Override
    public boolean read(DeltaBatchBuilder rows) throws IOException {
        try {
            boolean read = reader.read(rows);
            if (!read || reader.row() % ROWS_PER_REPORT == 0) {
                progress.accept((long) (reader.done() * channel.size()));
            }
            return read;
        } catch (UndecodableRow failure) {
            throw RefusedRecord.ofRow(reader.row(), failure);
        }
    }

    @Override
    public String place() {
        return "row " + reader.row();
    }

    @Override
    public long size() {
        return rowBytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
