package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.DiskCrew;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.DamagedFileException;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partitions of a data directory and recovers each, several at the same time. Used by one thread, which holds
 * the directory's lock.
 */
public final class StoreRecovery {
    private static final UUID UNKNOWN_INCARNATION = new UUID(0, 0);

    private final LogFileSystem files;
    private final StoreLayout layout;
    private final long nowMicros;
    private final DiskCrew crew;
    private final List<FoundDirectory> found = new ArrayList<>();
    private final List<RecoveredPartition> recovered = new ArrayList<>();
    private final List<PartitionDirectory> dropped = new ArrayList<>();

    public StoreRecovery(LogFileSystem files, StoreLayout layout, long nowMicros, DiskCrew crew) {
        this.crew = crew;
        this.files = files;
        this.layout = layout;
        this.nowMicros = nowMicros;
    }

    /**
     * Recovers everything. Damage inside a partition is reported with it; a partition that is gone as a whole stops the
     * start.
     *
     * @throws ThalwegException DATA_CORRUPTED when a partition is missing that was durable
     */
    public RecoveredStore recover() throws IOException {
        Map<FrameOwner, LogPoint> known = knownPoints();
        if (files.exists(layout.log())) {
            for (String stream : files.list(layout.log())) {
                OptionalLong streamId = number(stream, 16);
                if (streamId.isPresent()) {
                    findPartitions(streamId.getAsLong());
                }
            }
        }
        RecoveredPartition[] results = new RecoveredPartition[found.size()];
        crew.runAll(results.length, index -> results[index] = recoverPartition(found.get(index), known));
        recovered.addAll(List.of(results));
        Map<Path, RecoveredPartition> byPath = new HashMap<>();
        recovered.forEach(partition -> byPath.put(pathOf(partition.metadata().owner()), partition));
        Map<FrameOwner, LogPoint> inherited = new HashMap<>();
        for (Map.Entry<FrameOwner, LogPoint> point : known.entrySet()) {
            FrameOwner owner = point.getKey();
            Optional<RecoveredPartition> partition =
                    Optional.ofNullable(byPath.get(pathOf(owner))).filter(like -> isLike(like.metadata(), owner));
            if (partition.isEmpty() && !isDropped(owner)) {
                throw new ThalwegException(ErrorCode.DATA_CORRUPTED, owner + " is missing from the data directory")
                        .withHint("Restore the directory " + pathOf(owner) + ", or delete " + layout.durablePoints()
                                + " to give its rows up.");
            }
            if (partition.isPresent() && partition.get().damage().isPresent()) {
                inherited.put(owner, point.getValue());
            }
        }
        return new RecoveredStore(recovered, inherited, dropped);
    }

    private Map<FrameOwner, LogPoint> knownPoints() throws IOException {
        AtomicFile file = new AtomicFile(files, layout.durablePoints());
        if (!file.exists()) {
            return Map.of();
        }
        try {
            return DurablePoints.read(file);
        } catch (DamagedFileException e) {
            // Without the points the whole last segments are scanned: slower, and otherwise the same.
            return Map.of();
        }
    }

    /** A directory that is, or was, a partition with these numbers. */
    private record FoundDirectory(PartitionDirectory directory, long streamId, int number) {}

    private void findPartitions(long streamId) throws IOException {
        for (String name : files.list(layout.stream(streamId))) {
            OptionalLong number = number(name, 10);
            if (number.isPresent()) {
                findPartition(streamId, Math.toIntExact(number.getAsLong()));
            }
        }
    }

    /** The number that a name is, if it is one as this store writes it; other names are no business of the store. */
    private static OptionalLong number(String name, int radix) {
        try {
            long number = Long.parseUnsignedLong(name, radix);
            return Long.toUnsignedString(number, radix).equals(name) ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException foreign) {
            return OptionalLong.empty();
        }
    }

    private void findPartition(long streamId, int number) throws IOException {
        PartitionDirectory directory = new PartitionDirectory(files, layout.partition(streamId, number));
        if (directory.isDropped()) {
            dropped.add(directory);
        } else if (directory.metadataFile().exists() || directory.holdsFrames()) {
            found.add(new FoundDirectory(directory, streamId, number));
        } else {
            directory.removeContent();
            directory.removeMark();
        }
    }

    private RecoveredPartition recoverPartition(FoundDirectory place, Map<FrameOwner, LogPoint> known)
            throws IOException {
        PartitionDirectory directory = place.directory();
        if (!directory.metadataFile().exists()) {
            return unidentified(place, "the metadata file is missing");
        }
        PartitionMetadata metadata;
        try {
            metadata = PartitionMetadata.read(directory.metadataFile());
        } catch (DamagedFileException e) {
            return unidentified(place, e.getMessage());
        }
        if (metadata.owner().streamId() != place.streamId() || metadata.owner().partition() != place.number()) {
            return unidentified(place, "the metadata file is that of " + metadata.owner());
        }
        Optional<LogPoint> checkpoint = Optional.ofNullable(known.get(metadata.owner()));
        return new PartitionRecovery(files, directory.path(), metadata, checkpoint).recover(nowMicros);
    }

    private static RecoveredPartition unidentified(FoundDirectory place, @Nullable String reason) {
        FrameOwner owner = new FrameOwner(place.streamId(), place.number(), UNKNOWN_INCARNATION);
        LogPoint start = new LogPoint(0, SegmentHeader.BYTES, 0, FrameFormat.NO_EVENT_TIME);
        Damage damage = new Damage(0, String.valueOf(reason));
        return new RecoveredPartition(PartitionMetadata.create(owner, false), List.of(), start, Optional.of(damage));
    }

    /** Whether this is the owner's partition, or one too damaged to tell. */
    private static boolean isLike(PartitionMetadata metadata, FrameOwner owner) {
        return metadata.owner().equals(owner) || metadata.owner().incarnation().equals(UNKNOWN_INCARNATION);
    }

    private Path pathOf(FrameOwner owner) {
        return layout.partition(owner.streamId(), owner.partition());
    }

    private boolean isDropped(FrameOwner owner) {
        Path path = pathOf(owner);
        return dropped.stream().anyMatch(directory -> directory.path().equals(path));
    }
}
