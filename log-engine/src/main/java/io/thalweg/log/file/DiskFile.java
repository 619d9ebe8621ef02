package io.thalweg.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file on disk. An interrupt closes a {@link FileChannel} for every thread that uses it, so each operation puts the
 * caller's interrupt aside, and a read that still loses its channel opens it again.
 */
final class DiskFile implements LogFile {
    private static final List<String> DISK_FULL_MESSAGES = List.of("No space left on device", "Disk quota exceeded");

    private final Path path;
    /** Guarded by this; replaced when a reader's interrupt closed it. */
    private FileChannel channel;
    /** Guarded by this. */
    private boolean closed;

    DiskFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, options);
    }

    /** A step on the disk. */
    @FunctionalInterface
    interface DiskStep<T> {
        T run() throws IOException;
    }

    /** Runs a step with the caller's interrupt put aside, and gives a full disk its own exception. */
    static <T> T translatingDiskFull(Path path, DiskStep<T> step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return step.run();
        } catch (IOException e) {
            throw isDiskFull(e) ? new DiskFullException("no space left for " + path, e) : e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        boolean interrupted = Thread.interrupted();
        int start = target.position();
        try {
            while (true) {
                FileChannel current = channel();
                try {
                    return current.read(target, position);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    target.position(start);
                    reopenAfterInterrupt(current, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return translatingDiskFull(path, () -> channel().write(source, position));
    }

    @Override
    public void force() throws IOException {
        forceChannel(false);
    }

    @Override
    public void forceAll() throws IOException {
        forceChannel(true);
    }

    private void forceChannel(boolean metadata) throws IOException {
        FileChannel current = channel();
        translatingDiskFull(path, () -> {
            current.force(metadata);
            return current;
        });
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        translatingDiskFull(path, () -> channel().truncate(sizeBytes));
    }

    @Override
    public long size() throws IOException {
        return translatingDiskFull(path, () -> channel().size());
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private synchronized FileChannel channel() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return channel;
    }

    private synchronized void reopenAfterInterrupt(FileChannel lost, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == lost) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
    }

    private static boolean isDiskFull(IOException e) {
        String reason = e instanceof FileSystemException detailed ? detailed.getReason() : e.getMessage();
        return reason != null && DISK_FULL_MESSAGES.stream().anyMatch(reason::contains);
    }
}
