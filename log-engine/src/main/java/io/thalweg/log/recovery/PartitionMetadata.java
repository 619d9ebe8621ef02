package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.ChecksummedBytes;
import io.thalweg.log.segment.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a partition is. Its file is written last when a partition is created and renamed first when it is dropped, so a
 * partition exists exactly if the file does.
 *
 * <pre>
 *   0  magic "TWPM", version 2, length, CRC32C   ({@link ChecksummedBytes})
 *  16  long  stream id
 *  24  int   partition
 *  28  byte  1 when the partition may use the disk reserve
 *  29  byte  state, 0: open, 1: closed by a split or a merge
 *  30  short 0
 *  32  long  incarnation, high half
 *  40  long  incarnation, low half
 *  48  long  start offset: rows below it are gone by intent
 *  56  4 longs  hash range: first high, first low, last high, last low
 *  88  int   number of parents
 *  92  per parent: int partition of the same stream
 *      then per leader epoch, in order: int epoch, long offset of the first row that it may have; absent in version 1
 * </pre>
 */
public record PartitionMetadata(
        FrameOwner owner,
        boolean mayUseReserve,
        boolean closed,
        long startOffset,
        HashRange hashRange,
        List<Integer> parents,
        List<EpochStart> epochs) {
    /** The name of the file in the partition's directory. */
    public static final String FILE_NAME = "partition.meta";
    /** The name of the same file once the partition is dropped and waits for its deletion. */
    public static final String DROPPED_FILE_NAME = "partition.dropped";

    private static final int MAGIC = 0x4d505754;
    private static final int VERSION = 2;
    private static final int FIXED_BYTES = 92;
    private static final int EPOCH_BYTES = 12;

    public PartitionMetadata {
        parents = List.copyOf(parents);
        epochs = List.copyOf(epochs);
    }

    /** A new partition that takes all keys. */
    public static PartitionMetadata create(FrameOwner owner, boolean mayUseReserve) {
        return new PartitionMetadata(owner, mayUseReserve, false, 0, HashRange.ALL, List.of(), List.of());
    }

    /** The same partition without the rows below an offset. */
    public PartitionMetadata withStartOffset(long offset) {
        return new PartitionMetadata(
                owner, mayUseReserve, closed, offset, hashRange, parents, EpochStart.from(epochs, offset));
    }

    /** The same partition with a later leader epoch; one that has no rows then is left out. */
    public PartitionMetadata withEpoch(EpochStart latest) {
        long offset = Math.max(latest.offset(), startOffset);
        List<EpochStart> all = new ArrayList<>(epochs);
        all.removeIf(one -> one.offset() >= offset);
        all.add(new EpochStart(latest.epoch(), offset));
        return new PartitionMetadata(owner, mayUseReserve, closed, startOffset, hashRange, parents, all);
    }

    /** A new partition that takes over some keys of others of its stream. */
    public static PartitionMetadata child(FrameOwner owner, HashRange range, List<Integer> parents) {
        return new PartitionMetadata(owner, false, false, 0, range, parents, List.of());
    }

    /** The same partition after its last append. */
    public PartitionMetadata withClosed() {
        return new PartitionMetadata(owner, mayUseReserve, true, startOffset, hashRange, parents, epochs);
    }

    /** The bytes of the file. */
    public ByteBuffer encode() {
        int length = FIXED_BYTES + parents.size() * Integer.BYTES + epochs.size() * EPOCH_BYTES;
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, length)
                .putLong(owner.streamId())
                .putInt(owner.partition())
                .put((byte) (mayUseReserve ? 1 : 0))
                .put((byte) (closed ? 1 : 0))
                .putShort((short) 0)
                .putLong(owner.incarnation().getMostSignificantBits())
                .putLong(owner.incarnation().getLeastSignificantBits())
                .putLong(startOffset)
                .putLong(hashRange.first().high())
                .putLong(hashRange.first().low())
                .putLong(hashRange.last().high())
                .putLong(hashRange.last().low())
                .putInt(parents.size());
        parents.forEach(block::putInt);
        epochs.forEach(one -> block.putInt(one.epoch()).putLong(one.offset()));
        return ChecksummedBytes.seal(block);
    }

    /** Reads and checks the file. */
    public static PartitionMetadata read(AtomicFile file) throws IOException {
        ByteBuffer bytes = file.read();
        int version = ChecksummedBytes.hasVersion(bytes, 1) ? 1 : VERSION;
        return ChecksummedBytes.read(bytes, MAGIC, version, "partition metadata", PartitionMetadata::read);
    }

    private static PartitionMetadata read(ByteBuffer block) throws DamagedFileException {
        long streamId = block.getLong();
        int partition = block.getInt();
        boolean mayUseReserve = block.get() != 0;
        boolean closed = block.get() != 0;
        block.getShort();
        UUID incarnation = new UUID(block.getLong(), block.getLong());
        long startOffset = block.getLong();
        HashPoint first = new HashPoint(block.getLong(), block.getLong());
        HashRange range = new HashRange(first, new HashPoint(block.getLong(), block.getLong()));
        int parentCount = block.getInt();
        long epochBytes = block.remaining() - (long) parentCount * Integer.BYTES;
        if (parentCount < 0 || epochBytes < 0 || epochBytes % EPOCH_BYTES != 0) {
            throw new DamagedFileException("partition metadata has a wrong number of parents or epochs");
        }
        List<Integer> parents = new ArrayList<>();
        for (int i = 0; i < parentCount; i++) {
            parents.add(block.getInt());
        }
        List<EpochStart> epochs = new ArrayList<>();
        while (block.hasRemaining()) {
            epochs.add(new EpochStart(block.getInt(), block.getLong()));
        }
        FrameOwner owner = new FrameOwner(streamId, partition, incarnation);
        return new PartitionMetadata(owner, mayUseReserve, closed, startOffset, range, parents, epochs);
    }
}
