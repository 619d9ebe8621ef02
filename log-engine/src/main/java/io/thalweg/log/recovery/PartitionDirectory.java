package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.log.segment.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Creates and removes the directory of a partition. The metadata file appears last and disappears first, so a crash
 * leaves a whole partition, or remains that a restart removes. One thread at a time per directory.
 */
public final class PartitionDirectory {
    private final LogFileSystem files;
    private final Path path;

    public PartitionDirectory(LogFileSystem files, Path path) {
        this.files = files;
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The metadata file. */
    public AtomicFile metadataFile() {
        return new AtomicFile(files, path.resolve(PartitionMetadata.FILE_NAME));
    }

    /** Whether the partition was dropped and its files wait for {@link #removeContent}. */
    public boolean isDropped() throws IOException {
        return files.exists(path.resolve(PartitionMetadata.DROPPED_FILE_NAME));
    }

    /** Whether there is a segment with more than its header; such a directory is no remains of a creation. */
    public boolean holdsFrames() throws IOException {
        for (String name : files.list(path)) {
            if (SegmentName.baseOffset(name).isPresent()) {
                try (LogFile segment = files.openForReading(path.resolve(name))) {
                    if (segment.size() > SegmentHeader.BYTES) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Creates an empty partition; durable when it returns. Remains of an earlier attempt are removed. */
    public void create(Path stream, PartitionMetadata metadata, SegmentHeader first) throws IOException {
        files.createDirectory(stream);
        files.forceName(stream);
        files.createDirectory(path);
        removeFiles();
        files.forceName(path);
        SegmentWriter.createFile(files, path, first, SegmentWriter.SegmentFill.NOTHING);
        metadataFile().replace(metadata.encode());
    }

    /** Drops the partition; durable when it returns, while its files are still there. */
    public void markDropped() throws IOException {
        files.moveAtomically(
                path.resolve(PartitionMetadata.FILE_NAME), path.resolve(PartitionMetadata.DROPPED_FILE_NAME));
        files.forceDirectory(path);
    }

    /** Deletes what is left of a dropped partition or of an unfinished creation, but for the mark of the drop. */
    public void removeContent() throws IOException {
        removeFiles();
        files.forceDirectory(path);
    }

    /** Deletes the mark of a drop, if there is one, and the directory. */
    public void removeMark() throws IOException {
        Path mark = path.resolve(PartitionMetadata.DROPPED_FILE_NAME);
        if (files.exists(mark)) {
            files.delete(mark);
        }
        files.delete(path);
    }

    private void removeFiles() throws IOException {
        for (String name : files.list(path)) {
            if (!name.equals(PartitionMetadata.DROPPED_FILE_NAME)) {
                files.delete(path.resolve(name));
            }
        }
    }
}
