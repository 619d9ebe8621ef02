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
    /** When the file is synced. */
    enum Sync {
        NEVER,
        AFTER_EACH_PIECE,
        AT_THE_END
    }

    private final Path directory;

    RawDisk(Path directory) {
        this.directory = directory;
    }

    /** Seconds to write so many bytes in pieces, with the fdatasyncs asked for. */
    double write(long bytes, int pieceBytes, Sync sync) throws IOException {
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
                if (sync == Sync.AFTER_EACH_PIECE) {
                    file.force(false);
                }
            }
            if (sync == Sync.AT_THE_END) {
                file.force(false);
            }
            return watch.seconds();
        } finally {
            Files.delete(path);
        }
    }

    /** How often per second a piece can be written and synced. */
    double forcesPerSecond(int pieceBytes, int count) throws IOException {
        return count / write((long) pieceBytes * count, pieceBytes, Sync.AFTER_EACH_PIECE);
    }
}
