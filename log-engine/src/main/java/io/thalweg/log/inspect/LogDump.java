package io.thalweg.log.inspect;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Prints the frames of a segment file, one line each, without their payloads. Works on a file that is being written
 * to. One thread.
 */
public final class LogDump {
    private final LogFileSystem files;

    public LogDump(LogFileSystem files) {
        this.files = files;
    }

    /** Prints the header, all whole frames, and how the file ends. */
    public void print(Path segmentFile, Appendable output) throws IOException {
        SegmentHeader header = Segment.readHeader(files, segmentFile);
        output.append("segment of ").append(header.owner().toString());
        field(output, " incarnation=", header.owner().incarnation());
        field(output, " base=", header.baseOffset());
        field(output, " previous=", header.previousBaseOffset());
        field(output, " maxEventTimeBefore=", time(header.maxEventTimeBefore()));
        output.append('\n');
        try (LogFile file = files.openForReading(segmentFile)) {
            FrameReader reader = new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
            long position = reader.position();
            FrameReader.Step step = reader.next();
            while (step == FrameReader.Step.FRAME) {
                printFrame(position, reader.frame(), output);
                position = reader.position();
                step = reader.next();
            }
            output.append(step == FrameReader.Step.END ? "end" : "no whole frame");
            field(output, " at position ", position);
            field(output, " of ", file.size());
            output.append('\n');
        }
    }

    private static void printFrame(long position, Frame frame, Appendable output) throws IOException {
        field(output, "position=", position);
        field(output, " offset=", frame.baseOffset());
        field(output, " rows=", frame.rowCount());
        field(output, " kind=", frame.payloadKind());
        field(output, " bytes=", frame.payloadBytes());
        field(output, " eventTime=", time(frame.minEventTime()) + ".." + time(frame.maxEventTime()));
        field(output, " maxEventTimeBefore=", time(frame.maxEventTimeBefore()));
        field(output, " durableUpTo=", frame.durableUpTo());
        field(output, " appendedAt=", frame.appendedAtMicros());
        field(output, " producer=", frame.producer().producerId());
        output.append('\n');
    }

    private static void field(Appendable output, String name, Object value) throws IOException {
        output.append(name).append(value.toString());
    }

    private static String time(long eventTime) {
        return eventTime == FrameFormat.NO_EVENT_TIME ? "none" : Long.toString(eventTime);
    }
}
