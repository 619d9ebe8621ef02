package io.thalweg.log.recovery;

import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.segment.DamagedFileException;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The segments of a partition as far as each one's header is right and names the segment before it; a lost, swapped or
 * foreign file breaks the chain there.
 */
public record SegmentChain(List<SegmentHeader> headers, Optional<Damage> brokenAt) {
    public SegmentChain {
        headers = List.copyOf(headers);
    }

    /** Reads the headers of all segments in a partition's directory. */
    public static SegmentChain read(LogFileSystem files, Path directory, PartitionMetadata metadata)
            throws IOException {
        List<SegmentHeader> headers = new ArrayList<>();
        for (String name : files.list(directory)) {
            OptionalLong baseOffset = SegmentName.baseOffset(name);
            if (baseOffset.isEmpty()) {
                continue;
            }
            try {
                SegmentHeader header = Segment.readHeader(files, directory.resolve(name));
                checkPlace(header, baseOffset.getAsLong(), metadata, headers);
                headers.add(header);
            } catch (DamagedFileException e) {
                long offset = headers.isEmpty() ? metadata.startOffset() : baseOffset.getAsLong();
                return new SegmentChain(
                        headers, Optional.of(new Damage(offset, "segment " + name + ": " + e.getMessage())));
            }
        }
        return headers.isEmpty()
                ? new SegmentChain(headers, Optional.of(new Damage(metadata.startOffset(), "all segments are missing")))
                : new SegmentChain(headers, Optional.empty());
    }

    private static void checkPlace(
            SegmentHeader header, long nameOffset, PartitionMetadata metadata, List<SegmentHeader> before)
            throws DamagedFileException {
        if (!header.owner().equals(metadata.owner()) || header.baseOffset() != nameOffset) {
            throw new DamagedFileException(
                    "the file is another segment, of " + header.owner() + " at offset " + header.baseOffset());
        }
        if (before.isEmpty() && nameOffset > metadata.startOffset()) {
            throw new DamagedFileException("the segment before is missing");
        }
        if (!before.isEmpty() && before.get(before.size() - 1).baseOffset() != header.previousBaseOffset()) {
            throw new DamagedFileException(
                    "the segment before, at offset " + header.previousBaseOffset() + ", is missing");
        }
    }
}
