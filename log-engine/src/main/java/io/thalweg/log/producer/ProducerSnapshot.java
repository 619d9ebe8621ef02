package io.thalweg.log.producer;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.producer.TransactionTable.Ended;
import io.thalweg.log.segment.ChecksummedBytes;
import io.thalweg.log.segment.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The producer table of a partition as it was at an offset, so that only the frames above it have to be read for it. It
 * is never forced: after a loss of power it may be old, which does no harm, or gone, and then all frames are read.
 *
 * <pre>
 *   0  magic "TWPS", version 2, length, CRC32C   ({@link ChecksummedBytes})
 *  16  long  incarnation of the partition, high half
 *  24  long  incarnation of the partition, low half
 *  32  long  offset: all appends below it were taken into account, and no other
 *  40  int   number of producers
 *  44  int   number of open transactions
 *  48  per producer: long producer id, int number of appends, then per append, oldest first:
 *        long base offset, long append time, int first sequence, int row count, short epoch
 *      then per open transaction: long producer id, long first offset, long time of its append
 *      then per ended one: the same, long offset of the marker, byte 1 when it was aborted
 * </pre>
 */
public final class ProducerSnapshot {
    /** The name of the file in the partition's directory. */
    public static final String FILE_NAME = "producers.snapshot";

    private static final int MAGIC = 0x53505754;
    private static final int VERSION = 2;
    private static final int FIXED_BYTES = 48;
    private static final int PRODUCER_BYTES = 12;
    private static final int BATCH_BYTES = 26;
    private static final int OPEN_BYTES = 24;
    private static final int ENDED_BYTES = 33;

    private final LogFileSystem files;
    private final Path path;
    private final FrameOwner owner;

    /** A table, and the offset below which it knows everything. */
    public record State(ProducerTable table, long offset) {}

    public ProducerSnapshot(LogFileSystem files, Path directory, FrameOwner owner) {
        this.files = files;
        this.path = directory.resolve(FILE_NAME);
        this.owner = owner;
    }

    /** Replaces the file by a table that knows nothing at or above an offset. */
    public void write(ProducerTable table, long offset) throws IOException {
        Map<Long, List<ProducerBatch>> content = table.content();
        int length = FIXED_BYTES;
        for (List<ProducerBatch> history : content.values()) {
            length = Math.addExact(length, PRODUCER_BYTES + history.size() * BATCH_BYTES);
        }
        Map<Long, TransactionTable.Begun> open = table.transactions().open();
        List<TransactionTable.Past> ended = table.transactions().ended();
        length = Math.addExact(length, open.size() * OPEN_BYTES + ended.size() * ENDED_BYTES);
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, length)
                .putLong(owner.incarnation().getMostSignificantBits())
                .putLong(owner.incarnation().getLeastSignificantBits())
                .putLong(offset)
                .putInt(content.size())
                .putInt(open.size());
        content.forEach((producer, history) -> {
            block.putLong(producer).putInt(history.size());
            history.forEach(batch -> block.putLong(batch.baseOffset())
                    .putLong(batch.appendedAtMicros())
                    .putInt(batch.sequence())
                    .putInt(batch.rowCount())
                    .putShort(batch.epoch()));
        });
        open.forEach((producer, begun) ->
                block.putLong(producer).putLong(begun.firstOffset()).putLong(begun.atMicros()));
        ended.forEach(one -> block.putLong(one.transaction().producerId())
                .putLong(one.transaction().firstOffset())
                .putLong(one.begunAtMicros())
                .putLong(one.transaction().markerOffset())
                .put((byte) (one.transaction().aborted() ? 1 : 0)));
        Path temporary = AtomicFile.temporary(path);
        if (files.exists(temporary)) {
            files.delete(temporary);
        }
        try (LogFile file = files.create(temporary)) {
            file.writeFully(ChecksummedBytes.seal(block), 0);
        }
        files.moveAtomically(temporary, path);
    }

    /** Reads the file, if it is there and whole. */
    public Optional<State> read() throws IOException {
        AtomicFile file = new AtomicFile(files, path);
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return ChecksummedBytes.read(file.read(), MAGIC, VERSION, "producer snapshot", this::state);
        } catch (DamagedFileException e) {
            return Optional.empty();
        }
    }

    private Optional<State> state(ByteBuffer block) {
        UUID incarnation = new UUID(block.getLong(), block.getLong());
        return incarnation.equals(owner.incarnation()) ? Optional.of(decode(block)) : Optional.empty();
    }

    private static State decode(ByteBuffer block) {
        long offset = block.getLong();
        int producers = block.getInt();
        int open = block.getInt();
        ProducerTable table = new ProducerTable();
        for (; producers > 0; producers--) {
            long producer = block.getLong();
            for (int count = block.getInt(); count > 0; count--) {
                long baseOffset = block.getLong();
                long appendedAt = block.getLong();
                int sequence = block.getInt();
                int rowCount = block.getInt();
                ProducerBatch batch = new ProducerBatch(block.getShort(), sequence, rowCount, baseOffset, appendedAt);
                table.add(producer, batch, offset);
            }
        }
        for (; open > 0; open--) {
            table.transactions().append(block.getLong(), block.getLong(), block.getLong());
        }
        while (block.hasRemaining()) {
            long producer = block.getLong();
            long first = block.getLong();
            long begunAt = block.getLong();
            Ended transaction = new Ended(producer, first, block.getLong(), block.get() != 0);
            table.transactions().restore(new TransactionTable.Past(transaction, begunAt));
        }
        return new State(table, offset);
    }
}
