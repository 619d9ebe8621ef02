package io.thalweg.log;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentWriter;
import io.thalweg.model.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts frames at the end of a partition. {@link #write} belongs to the commit thread; {@link #force} and {@link #flush}
 * may come from another thread too. Forces are serialised, so that no thread can mistake the silence after a failed
 * force for success: after the first failure every call fails.
 */
final class PartitionWriter {
    private final LogFileSystem files;
    private final Path directory;
    private final FrameOwner owner;
    private final SegmentSet segments;
    private final long segmentBytes;
    private final Clock clock;

    private final ReentrantLock forceLock = new ReentrantLock();
    /** Guarded by forceLock for change and for force; the commit thread, which alone changes it, writes without. */
    private SegmentWriter active;
    /** Guarded by forceLock. */
    private boolean failed;
    /** Written by the commit thread; volatile because force reads it from other threads. */
    private volatile LogPoint written;
    /** Written under forceLock; volatile because appenders and checkpoints read it without. */
    private volatile LogPoint durable;
    /** Set by whoever changes the retention; volatile because the commit thread reads it. */
    private volatile long rollAfterMicros = Long.MAX_VALUE;

    PartitionWriter(PartitionContext context, Path directory, FrameOwner owner, SegmentSet segments, LogPoint end)
            throws IOException {
        this.files = context.files();
        this.segmentBytes = context.config().segmentBytes();
        this.clock = context.clock();
        this.directory = directory;
        this.owner = owner;
        this.segments = segments;
        this.active = SegmentWriter.open(files, directory, end.segmentBaseOffset());
        this.written = end;
        this.durable = end;
    }

    /** Sets the age at which a segment is followed by a new one though it has room. */
    void rollAfter(long ageMicros) {
        rollAfterMicros = ageMicros;
    }

    /** How many of the appends are in the file, and why not more. Those behind it left no trace. */
    record Outcome(int writtenCount, Optional<IOException> failure) {
        boolean isDiskFull() {
            return failure.filter(DiskFullException.class::isInstance).isPresent();
        }
    }

    LogPoint written() {
        return written;
    }

    LogPoint durable() {
        return durable;
    }

    /** Writes appends in order, over as many segments as needed. Any failure but a full disk ends this writer. */
    Outcome write(List<PendingAppend> appends, ByteBuffer buffer) {
        int done = 0;
        try {
            if (!appends.isEmpty() && isOld()) {
                roll();
            }
            while (done < appends.size()) {
                int runEnd = endOfRun(appends, done);
                if (runEnd == done) {
                    roll();
                } else {
                    writeRun(appends.subList(done, runEnd), buffer);
                    done = runEnd;
                }
            }
            return new Outcome(done, Optional.empty());
        } catch (IOException e) {
            return new Outcome(done, Optional.of(e));
        }
    }

    /** Makes everything written so far durable. */
    void force() throws IOException {
        forceLock.lock();
        try {
            requireUsable();
            LogPoint covered = written;
            failed = true;
            active.force();
            failed = false;
            durable = covered;
        } catch (DiskFullException e) {
            throw new IOException("force failed", e);
        } finally {
            forceLock.unlock();
        }
    }

    /** Whether something was written that no force has covered. */
    boolean needsFlush() {
        return durable.offset() < written.offset();
    }

    /** Like {@link #force}, but does nothing when there is nothing to do. */
    void flush() throws IOException {
        if (needsFlush()) {
            force();
        }
    }

    /** Stops writing; does not force. */
    void close() throws IOException {
        forceLock.lock();
        try {
            failed = true;
            active.close();
        } finally {
            forceLock.unlock();
        }
    }

    /** Whether the active segment has rows and has been in use for so long that they should be able to expire. */
    private boolean isOld() {
        long age = clock.epochMicros() - segments.last().header().createdAtMicros();
        return age >= rollAfterMicros && written.position() > SegmentHeader.BYTES;
    }

    /** The end of the appends that fit into the active segment; an empty segment takes one of any size. */
    private int endOfRun(List<PendingAppend> appends, int from) {
        long position = written.position();
        int end = from;
        while (end < appends.size()) {
            int length = appends.get(end).frame().length;
            if (position + length > segmentBytes && position > SegmentHeader.BYTES) {
                break;
            }
            position += length;
            end++;
        }
        return end;
    }

    private void writeRun(List<PendingAppend> run, ByteBuffer buffer) throws IOException {
        LogPoint start = written;
        try {
            active.write(run.stream().map(PendingAppend::frame).toList(), start.position(), buffer);
        } catch (DiskFullException e) {
            takeBack(start.position());
            throw e;
        }
        Segment segment = segments.last();
        long position = start.position();
        Frame frame = new Frame();
        for (PendingAppend append : run) {
            if (append.repeats()) {
                continue;
            }
            frame.moveTo(append.frame(), 0);
            segment.appendedIndex().add(frame, position);
            position += append.frame().length;
            written = new LogPoint(
                    start.segmentBaseOffset(), position, append.place().endOffset(), append.maxEventTimeAfter());
        }
    }

    private void takeBack(long position) throws IOException {
        forceLock.lock();
        try {
            requireUsable();
            failed = true;
            active.truncate(position);
            failed = false;
        } catch (DiskFullException e) {
            throw new IOException("a partly written frame could not be taken back", e);
        } finally {
            forceLock.unlock();
        }
    }

    /** Makes the active segment durable for good and continues in a new one. */
    private void roll() throws IOException {
        forceLock.lock();
        try {
            requireUsable();
            flush();
            LogPoint end = written;
            SegmentHeader header = new SegmentHeader(
                    owner, end.offset(), end.segmentBaseOffset(), end.maxEventTime(), clock.epochMicros());
            SegmentWriter.createFile(files, directory, header, SegmentWriter.SegmentFill.NOTHING);
            SegmentWriter next = SegmentWriter.open(files, directory, header.baseOffset());
            segments.last().saveIndex(end);
            segments.add(new Segment(files, directory, header, header.start()));
            active.close();
            active = next;
            written = header.start();
            durable = header.start();
        } finally {
            forceLock.unlock();
        }
    }

    private void requireUsable() throws IOException {
        if (failed) {
            throw new IOException("an earlier operation on this partition failed");
        }
    }
}
