package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.Stopwatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the disk and the operating system allow: a bare file, written from a direct buffer. */
final class RawDisk {
    private final Path directory;

    RawDisk(Path directory) {
        this.directory = directory;
    }

    /** Seconds to write so many bytes in pieces, with an fdatasync after each piece if asked for. */
    double write(long bytes, int pieceBytes, boolean force) throws IOException {
        Path path = directory.resolve("raw");
        ByteBuffer piece = ByteBuffer.allocateDirect(pieceBytes);
        for (int i = 0; i < pieceBytes; i++) {
            piece.put(i, (byte) (i * 31));
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Stopwatch watch = new Stopwatch();
            for (long done = 0; done < bytes; done += pieceBytes) {
                piece.clear();
                while (piece.hasRemaining()) {
                    file.write(piece);
                }
                if (force) {
                    file.force(false);
                }
            }
            return watch.seconds();
        } finally {
            Files.delete(path);
        }
    }

    /** How often per second a piece can be written and synced. */
    double forcesPerSecond(int pieceBytes, int count) throws IOException {
        return count / write((long) pieceBytes * count, pieceBytes, true);
    }
}
