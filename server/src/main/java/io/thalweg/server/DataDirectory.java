package io.thalweg.server;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the data directory so that nobody but its owner can enter it, and thus read any file in it. */
final class DataDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private DataDirectory() {}

    /** Makes the directory, with its parents, unless it is there; one that is there keeps its permissions. */
    static void prepare(Path directory) {
        if (Files.isDirectory(directory)) {
            warnIfOpen(directory);
            return;
        }
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (IOException failure) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "data directory " + directory + " cannot be made", failure);
        }
    }

    private static void warnIfOpen(Path directory) {
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("data directory {} can be read by every user of this machine; chmod 700 closes it", directory);
            }
        } catch (IOException unknown) {
            LOG.debug("the permissions of data directory {} cannot be read", directory, unknown);
        }
    }
}
