package io.thalweg.log;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.frame.FrameForgery;
import io.thalweg.log.kafka.BatchFuzz;
import io.thalweg.log.producer.ProducerSnapshot;
import io.thalweg.log.recovery.DurablePoints;
import io.thalweg.log.recovery.PartitionMetadata;
import io.thalweg.log.recovery.QuarantineFile;
import io.thalweg.log.segment.FrameIndex;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The parsers of what the log reads from disk, each with bytes that it may meet there, and of what Kafka clients send. Whatever it is given, a parser
 * returns or says that the bytes are damaged. Checksums are made to match where there are any, since nothing would get
 * past them otherwise.
 */
enum FuzzTarget {
    /** The frames of one segment, read in order. */
    FRAMES(FuzzStore.SEGMENT) {
        @Override
        void parse(byte[] input) throws IOException {
            byte[] segment = FuzzStore.withHeader(input);
            FrameForgery.makeChecksumsMatch(segment);
            SimulatedDisk disk = FuzzStore.with(FuzzStore.SEGMENT, segment);
            SegmentHeader header = SegmentHeader.decode(ByteBuffer.wrap(segment));
            try (LogFile file = disk.open(FuzzStore.SEGMENT)) {
                FrameReader reader = new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
                while (reader.next() == FrameReader.Step.FRAME) {
                    reader.frame().payload().remaining();
                }
            }
        }
    },
    /** A store with a strange segment: recovered, read, verified and printed. */
    SEGMENT(FuzzStore.SEGMENT) {
        @Override
        void parse(byte[] input) throws IOException {
            byte[] segment = FuzzStore.withHeader(input);
            FrameForgery.makeChecksumsMatch(segment);
            FuzzStore.read(FuzzStore.with(FuzzStore.SEGMENT, segment));
            FuzzStore.read(FuzzStore.with(FuzzStore.SEGMENT, input));
        }
    },
    SEGMENT_HEADER(FuzzStore.SEGMENT) {
        @Override
        void parse(byte[] input) throws IOException {
            SegmentHeader.decode(ByteBuffer.wrap(FuzzStore.sealed(input)));
        }
    },
    FRAME_INDEX(FuzzStore.INDEX) {
        @Override
        void parse(byte[] input) throws IOException {
            SimulatedDisk disk = FuzzStore.with(FuzzStore.INDEX, FuzzStore.sealed(input));
            byte[] segment = disk.content(FuzzStore.SEGMENT);
            FrameIndex.decode(
                    ByteBuffer.wrap(FuzzStore.sealed(input)),
                    SegmentHeader.decode(ByteBuffer.wrap(segment)),
                    segment.length);
            FuzzStore.read(disk);
        }
    },
    METADATA(FuzzStore.PARTITION.resolve(PartitionMetadata.FILE_NAME)) {
        @Override
        void parse(byte[] input) throws IOException {
            PartitionMetadata.read(FuzzStore.file(seedFile(), FuzzStore.sealed(input)));
        }
    },
    DURABLE_POINTS(FuzzStore.DIRECTORY.resolve(DurablePoints.FILE_NAME)) {
        @Override
        void parse(byte[] input) throws IOException {
            DurablePoints.read(FuzzStore.file(seedFile(), FuzzStore.sealed(input)));
            FuzzStore.read(FuzzStore.with(seedFile(), FuzzStore.sealed(input)));
        }
    },
    PRODUCERS(FuzzStore.PARTITION.resolve(ProducerSnapshot.FILE_NAME)) {
        @Override
        void parse(byte[] input) throws IOException {
            FuzzStore.read(FuzzStore.with(seedFile(), FuzzStore.sealed(input)));
        }
    },
    QUARANTINE(FuzzStore.PARTITION.resolve(QuarantineFile.FILE_NAME)) {
        @Override
        void parse(byte[] input) throws IOException {
            FuzzStore.read(FuzzStore.with(seedFile(), FuzzStore.sealed(input)));
        }
    },
    RECORD_BATCH(FuzzStore.SEGMENT) {
        @Override
        byte[] seed() {
            return BatchFuzz.seed();
        }

        @Override
        void parse(byte[] input) {
            BatchFuzz.parse(input);
        }
    },
    BLOCK(FuzzStore.SEGMENT) {
        @Override
        byte[] seed() {
            return BlockCodec.encode(FuzzStore.batch());
        }

        @Override
        void parse(byte[] input) {
            DeltaBatch batch = BlockCodec.decode(input);
            for (int i = 0; i < batch.columnCount(); i++) {
                BlockCodec.decode(input, 0, input.length, new int[] {i});
            }
            BlockCodec.encode(batch);
        }
    };

    private final Path seedFile;

    FuzzTarget(Path seedFile) {
        this.seedFile = seedFile;
    }

    Path seedFile() {
        return seedFile;
    }

    /** Bytes to begin with: what the log writes itself. */
    byte[] seed() {
        return FuzzStore.seed(seedFile);
    }

    /** Gives the parser bytes. */
    abstract void parse(byte[] input) throws IOException;

    /** Gives the parser bytes; returns if it says that they are damaged, throws if it does anything else. */
    void run(byte[] input) {
        try {
            parse(input);
        } catch (IOException declared) {
            // Damage is what it looks for.
        } catch (ThalwegException e) {
            if (e.code() != ErrorCode.DATA_CORRUPTED) {
                throw e;
            }
        }
    }
}
