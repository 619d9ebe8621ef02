package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.ChecksummedBytes;
import io.thalweg.log.segment.DamagedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers a damage that was found while the partition was open, in a segment that a start does not read. The file
 * exists as long as the damage does: a start looks at the place again.
 *
 * <pre>
 *   0  magic "TWQT", version 1, length, CRC32C   ({@link ChecksummedBytes})
 *  16  long  incarnation of the partition, high half
 *  24  long  incarnation of the partition, low half
 *  32  long  offset from which on rows cannot be served
 *  40        reason, UTF-8
 * </pre>
 */
public final class QuarantineFile {
    /** The name of the file in the partition's directory. */
    public static final String FILE_NAME = "partition.quarantine";

    private static final int MAGIC = 0x54515754;
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 40;

    private final LogFileSystem files;
    private final Path path;
    private final FrameOwner owner;

    public QuarantineFile(LogFileSystem files, Path directory, FrameOwner owner) {
        this.files = files;
        this.path = directory.resolve(FILE_NAME);
        this.owner = owner;
    }

    /** Replaces the file; durable when it returns. */
    public void write(Damage damage) throws IOException {
        byte[] reason = damage.reason().getBytes(StandardCharsets.UTF_8);
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, FIXED_BYTES + reason.length)
                .putLong(owner.incarnation().getMostSignificantBits())
                .putLong(owner.incarnation().getLeastSignificantBits())
                .putLong(damage.offset())
                .put(reason);
        new AtomicFile(files, path).replace(ChecksummedBytes.seal(block));
    }

    /** The damage, if one is remembered; a file that is not whole remembers none. */
    public Optional<Damage> read() throws IOException {
        AtomicFile file = new AtomicFile(files, path);
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return ChecksummedBytes.read(file.read(), MAGIC, VERSION, "quarantine", this::damage);
        } catch (DamagedFileException e) {
            return Optional.empty();
        }
    }

    private Optional<Damage> damage(ByteBuffer block) {
        UUID incarnation = new UUID(block.getLong(), block.getLong());
        Damage damage =
                new Damage(block.getLong(), StandardCharsets.UTF_8.decode(block).toString());
        return incarnation.equals(owner.incarnation()) ? Optional.of(damage) : Optional.empty();
    }

    /** Forgets the damage. */
    public void delete() throws IOException {
        if (files.exists(path)) {
            files.delete(path);
        }
    }
}
