package io.thalweg.log.segment;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A small little-endian block that starts with what it is: int magic, int version, int length of the block, int CRC32C
 * of the whole block with this field as 0; then its own content. Headers and metadata files have this form.
 */
public final class ChecksummedBytes {
    /** Where the block's own content starts. */
    public static final int PREFIX_BYTES = 16;

    private static final int CHECKSUM_AT = 12;

    private ChecksummedBytes() {}

    /** A zeroed block of this length, positioned at its content; {@link #seal} completes it. */
    public static ByteBuffer allocate(int magic, int version, int lengthBytes) {
        return ByteBuffer.allocate(lengthBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magic)
                .putInt(version)
                .putInt(lengthBytes)
                .putInt(0);
    }

    /** Writes the checksum; returns the block ready to be written out. */
    public static ByteBuffer seal(ByteBuffer block) {
        block.clear();
        block.putInt(CHECKSUM_AT, checksum(block, block.capacity()));
        return block;
    }

    /** Whether a block claims to be of a version, for a reader that knows several; not checked yet. */
    public static boolean hasVersion(ByteBuffer source, int version) {
        return source.limit() >= PREFIX_BYTES
                && source.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(4) == version;
    }

    /**
     * Checks a block that starts at index 0 and may be followed by other bytes; returns its content.
     *
     * @param what names the block in the message of the exception
     */
    public static ByteBuffer open(ByteBuffer source, int magic, int version, String what) throws DamagedFileException {
        ByteBuffer block = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (block.limit() < PREFIX_BYTES || block.getInt(0) != magic) {
            throw new DamagedFileException(what + " does not start as one");
        }
        int length = block.getInt(8);
        if (length < PREFIX_BYTES || length > block.limit() || checksum(block, length) != block.getInt(CHECKSUM_AT)) {
            throw new DamagedFileException(what + " has a wrong checksum");
        }
        if (block.getInt(4) != version) {
            throw new DamagedFileException(
                    what + " has version " + block.getInt(4) + ", this release reads " + version);
        }
        return block.limit(length).position(PREFIX_BYTES);
    }

    /** Reads the content of a block, or of what pretends to be one. */
    @FunctionalInterface
    public interface Content<T> {
        T read(ByteBuffer block) throws DamagedFileException;
    }

    /**
     * Checks a block as {@link #open} does, and reads its content: one that ends too early or makes no sense is damage as
     * well, whatever its checksum.
     */
    public static <T> T read(ByteBuffer source, int magic, int version, String what, Content<T> content)
            throws DamagedFileException {
        ByteBuffer block = open(source, magic, version, what);
        try {
            return content.read(block);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new DamagedFileException(what + " has a content that makes no sense");
        }
    }

    private static int checksum(ByteBuffer block, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.duplicate().limit(CHECKSUM_AT).position(0));
        checksum.update(new byte[Integer.BYTES]);
        checksum.update(block.duplicate().limit(length).position(PREFIX_BYTES));
        return (int) checksum.getValue();
    }
}
