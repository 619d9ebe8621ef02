package io.thalweg.log.frame;

import io.thalweg.log.segment.DamagedFileException;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.simulation.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Makes the checksum of whatever looks like a frame match: a store that reads the result behaves as one that checks no
 * checksums.
 */
public final class FrameForgery {
    private FrameForgery() {}

    /** Forges all segments of a disk. */
    public static void makeChecksumsMatch(SimulatedDisk disk) {
        for (Path file : disk.allFiles()) {
            if (file.toString().endsWith(".log")) {
                byte[] bytes = disk.content(file);
                makeChecksumsMatch(bytes);
                disk.setContent(file, bytes);
            }
        }
    }

    /** Forges the bytes of one segment. */
    public static void makeChecksumsMatch(byte[] bytes) {
        FrameOwner owner;
        try {
            owner = SegmentHeader.decode(ByteBuffer.wrap(bytes)).owner();
        } catch (DamagedFileException e) {
            return;
        }
        int at = SegmentHeader.BYTES;
        while (at + FrameFormat.HEADER_BYTES <= bytes.length && FrameFormat.isPlausibleHeader(bytes, at, owner)) {
            int length = FrameFormat.frameBytesAt(bytes, at);
            if (length > bytes.length - at) {
                return;
            }
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, at + FrameFormat.HEADER_BYTES, length - FrameFormat.HEADER_BYTES);
            FrameFormat.INT.set(bytes, at + FrameFormat.CHECKSUM_AT, FrameFormat.finish(checksum, bytes, at, owner));
            at += length;
        }
    }
}
