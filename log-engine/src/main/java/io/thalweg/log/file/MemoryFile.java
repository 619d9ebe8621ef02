package io.thalweg.log.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The bytes of one file on the heap, in chunks of equal size, so that growing never copies. Thread-safe. */
final class MemoryFile implements LogFile {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Guarded by the lock. */
    private final List<byte[]> chunks = new ArrayList<>();
    /** Guarded by the lock. */
    private long size;

    @Override
    public int read(ByteBuffer target, long position) {
        lock.readLock().lock();
        try {
            if (position >= size) {
                return -1;
            }
            int count = (int) Math.min(target.remaining(), size - position);
            for (int done = 0; done < count; ) {
                byte[] chunk = chunks.get(chunkNumber(position + done));
                int from = chunkOffset(position + done);
                int step = Math.min(count - done, CHUNK_BYTES - from);
                target.put(chunk, from, step);
                done += step;
            }
            return count;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public int write(ByteBuffer source, long position) {
        lock.writeLock().lock();
        try {
            int count = source.remaining();
            while (position + count > (long) chunks.size() * CHUNK_BYTES) {
                chunks.add(new byte[CHUNK_BYTES]);
            }
            for (int done = 0; done < count; ) {
                byte[] chunk = chunks.get(chunkNumber(position + done));
                int from = chunkOffset(position + done);
                int step = Math.min(count - done, CHUNK_BYTES - from);
                source.get(chunk, from, step);
                done += step;
            }
            size = Math.max(size, position + count);
            return count;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void force() {
        // Memory has nothing below it that could be made durable.
    }

    @Override
    public void forceAll() {
        force();
    }

    @Override
    public void truncate(long sizeBytes) {
        lock.writeLock().lock();
        try {
            if (sizeBytes >= size) {
                return;
            }
            size = sizeBytes;
            int kept = chunkNumber(sizeBytes + CHUNK_BYTES - 1);
            chunks.subList(kept, chunks.size()).clear();
            if (chunkOffset(sizeBytes) > 0) {
                Arrays.fill(chunks.get(kept - 1), chunkOffset(sizeBytes), CHUNK_BYTES, (byte) 0);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public long size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        // The bytes belong to the file system, not to this handle.
    }

    private static int chunkNumber(long position) {
        return Math.toIntExact(position / CHUNK_BYTES);
    }

    private static int chunkOffset(long position) {
        return (int) (position % CHUNK_BYTES);
    }
}
