package io.thalweg.server.catalog;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogCursor;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The journal as a partition of the log itself: what makes rows durable makes the catalog durable. */
public final class LogCatalogJournal implements CatalogJournal {
    /** The stream number that no object ever has. */
    public static final long STREAM_ID = 0;

    private static final PartitionId PARTITION = new PartitionId(STREAM_ID, 0);

    private final PartitionLog partition;

    private LogCatalogJournal(PartitionLog partition) {
        this.partition = partition;
    }

    /** Opens the journal of a store, and makes it in an empty one; throws CATALOG_MISSING if only the journal is missing. */
    public static LogCatalogJournal open(LogStore store) {
        Optional<PartitionLog> present = store.partition(PARTITION);
        if (present.isEmpty() && !store.partitions().isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.CATALOG_MISSING,
                            "the data directory holds " + store.partitions().size() + " partitions and no catalog")
                    .withHint("Restore the directory from a backup; starting without the catalog would hide all rows.");
        }
        return new LogCatalogJournal(present.orElseGet(() -> store.createInternal(PARTITION)));
    }

    @Override
    public List<byte[]> readAll() {
        partition.unavailability().ifPresent(reason -> {
            throw new ThalwegException(ErrorCode.DATA_CORRUPTED, "the catalog cannot be used: " + reason)
                    .withHint("Restore the data directory from a backup.");
        });
        List<byte[]> records = new ArrayList<>();
        try (LogCursor cursor = partition.read(partition.startOffset(), partition.endOffset())) {
            while (cursor.next()) {
                ByteBuffer payload = cursor.payload().duplicate();
                byte[] record = new byte[payload.remaining()];
                payload.get(record);
                records.add(record);
            }
        }
        return records;
    }

    @Override
    public void append(byte[] record) {
        try {
            partition
                    .append(AppendRequest.of(PayloadKind.RECORD, ByteBuffer.wrap(record), 1))
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ThalwegException cause) {
                throw new ThalwegException(cause.code(), "the catalog: " + cause.message(), failure);
            }
            throw new ThalwegException(ErrorCode.IO_ERROR, "the catalog could not be written", failure);
        }
    }

    /** The log says so itself: it takes back what a full disk cut off. */
    @Override
    public boolean isCertainlyNotAppended(ThalwegException failure) {
        return failure.code() == ErrorCode.DISK_FULL || failure.code() == ErrorCode.VALUE_TOO_LARGE;
    }
}
