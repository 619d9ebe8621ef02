package io.thalweg.shell.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data directory of the demonstration: one that the user named and keeps, or one that is deleted in the end. */
final class DemoDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    private DemoDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static DemoDirectory open(@Nullable Path given) throws IOException {
        return given == null
                ? new DemoDirectory(Files.createTempDirectory("thalweg-demo-"), true)
                : new DemoDirectory(Files.createDirectories(given), false);
    }

    Path path() {
        return path;
    }

    /** The directory, if it stays. */
    Optional<Path> kept() {
        return temporary ? Optional.empty() : Optional.of(path);
    }

    @Override
    public void close() throws IOException {
        if (!temporary || !Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
