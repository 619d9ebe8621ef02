package io.thalweg.log;

import io.thalweg.log.file.LogFileSystem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * Bytes of the log as they are stored: a region of a file that the operating system can move to a socket by itself, or
 * bytes in memory when it cannot, see {@link LogFileSystem#openForTransfer}. Good until the {@link StoredFrames} it is
 * from are closed. Immutable.
 *
 * <p>Netty's DefaultFileRegion takes channel, position and length as they are here, but closes the channel when it is
 * released, which the channel's other users would notice: its {@code deallocate} has to be overridden to close the
 * {@link StoredFrames} instead.
 */
public final class StoredRegion {
    private final Optional<FileChannel> channel;
    private final ByteBuffer inMemory;
    private final long position;
    private final int length;

    private StoredRegion(Optional<FileChannel> channel, ByteBuffer inMemory, long position, int length) {
        this.channel = channel;
        this.inMemory = inMemory;
        this.position = position;
        this.length = length;
    }

    static StoredRegion ofFile(FileChannel channel, long position, int length) {
        return new StoredRegion(Optional.of(channel), ByteBuffer.allocate(0), position, length);
    }

    /** A region that is in memory. */
    public static StoredRegion ofMemory(ByteBuffer bytes) {
        return new StoredRegion(Optional.empty(), bytes.slice(), 0, bytes.remaining());
    }

    /** The file, unless the bytes are in memory; not to be closed, and not to be used by a thread that is interrupted. */
    public Optional<FileChannel> channel() {
        return channel;
    }

    /** Where the region begins in the file. */
    public long position() {
        return position;
    }

    public int length() {
        return length;
    }

    /** A part of this region. */
    StoredRegion slice(int from, int sliceLength) {
        return channel.isPresent()
                ? new StoredRegion(channel, inMemory, position + from, sliceLength)
                : ofMemory(inMemory.slice(from, sliceLength));
    }

    /** The bytes in memory, for a receiver that cannot take a file, such as an encrypted connection. */
    public ByteBuffer read() throws IOException {
        if (channel.isEmpty()) {
            return inMemory.duplicate();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.get().read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("stored bytes end at " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }

    /**
     * Moves bytes to a channel, without a copy in this process if both ends allow it.
     *
     * @param done how many bytes of the region were moved before
     * @return how many were moved now; 0 when a channel that does not block takes none
     */
    public long transferTo(WritableByteChannel target, long done) throws IOException {
        if (channel.isPresent()) {
            return channel.get().transferTo(position + done, length - done, target);
        }
        return target.write(inMemory.duplicate().position((int) done));
    }
}
