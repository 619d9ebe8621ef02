package io.thalweg.server.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names of files SQL may reach. */
class CopyDirectoryTest {
    @TempDir
    Path temporary;

    private Path root;
    private CopyDirectory directory;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectories(temporary.resolve("files"));
        Path data = Files.createDirectories(root.resolve("data"));
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("sub/a.csv"), "x");
        Files.writeString(data.resolve("log"), "x");
        Files.writeString(temporary.resolve("secret"), "x");
        Files.createDirectories(temporary.resolve("filesystem"));
        Files.writeString(temporary.resolve("filesystem/b.csv"), "x");
        Files.createSymbolicLink(root.resolve("link"), temporary.resolve("secret"));
        Files.createSymbolicLink(root.resolve("way"), temporary);
        Files.createSymbolicLink(root.resolve("inside"), root.resolve("sub/a.csv"));
        directory = new CopyDirectory(Optional.of(root), Optional.of(data));
    }

    private void refuses(ErrorCode code, String name) {
        assertEquals(
                code,
                assertThrows(ThalwegException.class, () -> directory.readable(name))
                        .code(),
                name);
    }

    private void refusesToWrite(ErrorCode code, String name) {
        assertEquals(
                code,
                assertThrows(ThalwegException.class, () -> directory.writable(name, true))
                        .code(),
                name);
    }

    @Test
    void readsWhatIsBeneath() throws IOException {
        Path file = root.resolve("sub/a.csv").toRealPath();
        assertEquals(file, directory.readable("sub/a.csv"));
        assertEquals(file, directory.readable("./sub/../sub/a.csv"));
        assertEquals(file, directory.readable(root.resolve("sub/a.csv").toString()));
        assertEquals(file, directory.readable("inside"));
    }

    @Test
    void refusesWhatIsOutside() {
        refuses(ErrorCode.FILE_NOT_ALLOWED, "../secret");
        refuses(ErrorCode.FILE_NOT_ALLOWED, "sub/../../secret");
        refuses(ErrorCode.FILE_NOT_ALLOWED, temporary.resolve("secret").toString());
        refuses(
                ErrorCode.FILE_NOT_ALLOWED,
                temporary.resolve("filesystem/b.csv").toString());
        refuses(ErrorCode.FILE_NOT_ALLOWED, "link");
        refuses(ErrorCode.FILE_NOT_ALLOWED, "way/secret");
        refuses(ErrorCode.FILE_NOT_ALLOWED, "way/filesystem/b.csv");
        refuses(ErrorCode.FILE_NOT_ALLOWED, "data/log");
        refuses(ErrorCode.FILE_NOT_ALLOWED, ".");
        refuses(ErrorCode.IO_ERROR, "sub");
        refuses(ErrorCode.IO_ERROR, "absent");
        refuses(ErrorCode.IO_ERROR, "");
        refuses(ErrorCode.IO_ERROR, "nul\0l");
    }

    @Test
    void writesNothingOutside() throws IOException {
        assertEquals(root.toRealPath().resolve("new.csv"), directory.writable("new.csv", false));
        refusesToWrite(ErrorCode.FILE_NOT_ALLOWED, "../new.csv");
        refusesToWrite(ErrorCode.FILE_NOT_ALLOWED, "way/new.csv");
        refusesToWrite(ErrorCode.FILE_NOT_ALLOWED, "data/new.csv");
        refusesToWrite(ErrorCode.IO_ERROR, "link");
        refusesToWrite(ErrorCode.IO_ERROR, "sub");
        refusesToWrite(ErrorCode.IO_ERROR, "absent/new.csv");
        ThalwegException taken = assertThrows(ThalwegException.class, () -> directory.writable("sub/a.csv", false));
        assertEquals(ErrorCode.DUPLICATE_OBJECT, taken.code());
    }

    @Test
    void copiesNothingWithoutADirectory() {
        CopyDirectory none = new CopyDirectory(Optional.empty(), Optional.empty());
        ThalwegException refused = assertThrows(ThalwegException.class, () -> none.readable("a.csv"));
        assertEquals(ErrorCode.FILE_NOT_ALLOWED, refused.code());
    }
}
