package io.thalweg.server.copy;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The only directory whose files SQL may read and write. Names are taken from there; what leads out of it, by dots or by
 * symbolic links, is refused, and so is what lies in the data directory. Thread-safe.
 */
public final class CopyDirectory {
    private final Optional<Path> root;
    private final Optional<Path> data;
    private final String option;
    private final String refusal;

    /**
     * @param root none if nothing may be copied
     * @param data where the server keeps its data; none if it keeps them in memory
     */
    public CopyDirectory(Optional<Path> root, Optional<Path> data) {
        this(root, data, "files", "this server copies no files, since it has no directory for them");
    }

    /** @param option what the server's option for the directory is called */
    private CopyDirectory(Optional<Path> root, Optional<Path> data, String option, String refusal) {
        this.root = root;
        this.data = data;
        this.option = option;
        this.refusal = refusal;
    }

    /** The directory that jars of functions are read from. */
    public static CopyDirectory ofFunctions(Optional<Path> root, Optional<Path> data) {
        return new CopyDirectory(
                root, data, "functions", "this server takes no jars, since it has no directory for functions");
    }

    /** The file of a name that is there; throws if it is outside, or no plain file. */
    public Path readable(String name) {
        Path real = real(named(name), name);
        requireInside(real, name);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "file " + name + " is no plain file");
        }
        return real;
    }

    /** Where a file of a name is to be written; throws if that is outside, or is there and may not be replaced. */
    Path writable(String name, boolean overwrite) {
        Path path = named(name);
        Path parent = path.getParent();
        Path last = path.getFileName();
        if (parent == null || last == null) {
            throw outside(name);
        }
        if (!Files.isDirectory(parent)) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "the directory for file " + name + " does not exist");
        }
        Path real = real(parent, name).resolve(last);
        requireInside(real, name);
        if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw new ThalwegException(ErrorCode.IO_ERROR, "file " + name + " is there and is no plain file");
            }
            if (!overwrite) {
                throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, "file " + name + " exists already")
                        .withHint("WITH (overwrite = true) replaces it.");
            }
        }
        return real;
    }

    private Path root() {
        return root.orElseThrow(() -> new ThalwegException(ErrorCode.FILE_NOT_ALLOWED, refusal)
                .withHint("Its operator says which by the server's option " + option + "."));
    }

    private Path named(String name) {
        try {
            if (name.isEmpty()) {
                throw new ThalwegException(ErrorCode.IO_ERROR, "the name of the file is empty");
            }
            Path directory = root().toAbsolutePath().normalize();
            Path path = directory.resolve(name).normalize();
            if (!path.startsWith(directory) || path.equals(directory)) {
                throw outside(name);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "the name of the file is none", e);
        }
    }

    private Path real(Path path, String name) {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "there is no file " + name, e)
                    .withHint("Names are taken from the directory of the server's option " + option + ".");
        } catch (IOException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "file " + name + " cannot be reached", e);
        }
    }

    private void requireInside(Path real, String name) {
        Path directory = real(root(), name);
        if (!real.startsWith(directory)) {
            throw outside(name);
        }
        if (data.isPresent() && Files.exists(data.get()) && real.startsWith(real(data.get(), name))) {
            throw new ThalwegException(
                    ErrorCode.FILE_NOT_ALLOWED, "file " + name + " is in the server's data directory");
        }
    }

    private ThalwegException outside(String name) {
        return new ThalwegException(
                        ErrorCode.FILE_NOT_ALLOWED, "file " + name + " is outside of the directory for " + option)
                .withHint(
                        "Only files beneath the directory of the server's option " + option + " are read and written.");
    }
}
