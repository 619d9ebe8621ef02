package io.thalweg.log.inspect;

import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.ValueText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Prints the frames of a segment file, one line each. Works on a file that is being written to. One thread. */
public final class LogDump {
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
    /** The times that can be written: the years 1 to 9999. */
    private static final long EARLIEST_MICROS = LocalDate.of(1, 1, 1).toEpochDay() * MICROS_PER_DAY;

    private static final long LATEST_MICROS = LocalDate.of(10_000, 1, 1).toEpochDay() * MICROS_PER_DAY - 1;

    private final LogFileSystem files;

    public LogDump(LogFileSystem files) {
        this.files = files;
    }

    /** Prints what is in the payload of a frame, in lines below it. */
    @FunctionalInterface
    public interface PayloadPrinter {
        /** Nothing is printed of payloads. */
        PayloadPrinter NONE = (header, frame, output) -> {};

        void print(SegmentHeader header, Frame frame, Appendable output) throws IOException;
    }

    /** Meets each frame of a file. */
    @FunctionalInterface
    public interface FrameVisitor {
        void frame(SegmentHeader header, long position, Frame frame) throws IOException;
    }

    /**
     * Where the whole frames of a file end.
     *
     * @param whole whether the file ends there too
     */
    public record End(boolean whole, long position, long fileBytes, long offset) {}

    /** Prints the header, all whole frames, and how the file ends. */
    public End print(Path segmentFile, Appendable output, PayloadPrinter payloads) throws IOException {
        SegmentHeader header = Segment.readHeader(files, segmentFile);
        output.append("segment of ").append(header.owner().toString());
        field(output, " incarnation=", header.owner().incarnation());
        field(output, " base=", header.baseOffset());
        field(output, " previous=", header.previousBaseOffset());
        field(output, " maxEventTimeBefore=", time(header.maxEventTimeBefore()));
        if (header.joinedUpTo() > 0) {
            field(output, " joinedUpTo=", header.joinedUpTo());
        }
        output.append('\n');
        End end = visit(segmentFile, (segment, position, frame) -> {
            printFrame(position, frame, output);
            payloads.print(segment, frame, output);
        });
        output.append(end.whole ? "end" : "no whole frame");
        field(output, " at position ", end.position);
        field(output, " of ", end.fileBytes);
        output.append('\n');
        return end;
    }

    /** Shows all whole frames from the beginning of the file on. */
    public End visit(Path segmentFile, FrameVisitor visitor) throws IOException {
        SegmentHeader header = Segment.readHeader(files, segmentFile);
        try (LogFile file = files.openForReading(segmentFile)) {
            FrameReader reader = new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
            long position = reader.position();
            FrameReader.Step step = reader.next();
            while (step == FrameReader.Step.FRAME) {
                visitor.frame(header, position, reader.frame());
                position = reader.position();
                step = reader.next();
            }
            return new End(step == FrameReader.Step.END, position, file.size(), reader.expectedOffset());
        }
    }

    private static void printFrame(long position, Frame frame, Appendable output) throws IOException {
        field(output, "position=", position);
        field(output, " offset=", frame.baseOffset());
        field(output, " rows=", frame.rowCount());
        field(output, " kind=", kind(frame.payloadKind()));
        field(output, " bytes=", frame.payloadBytes());
        field(output, " eventTime=", time(frame.minEventTime()) + ".." + time(frame.maxEventTime()));
        field(output, " maxEventTimeBefore=", time(frame.maxEventTimeBefore()));
        field(output, " durableUpTo=", frame.durableUpTo());
        field(output, " appendedAt=", time(frame.appendedAtMicros()) + "Z");
        if (frame.producer().isKnown()) {
            field(output, " producer=", frame.producer().producerId());
            field(output, " epoch=", frame.producer().epoch());
            field(output, " sequence=", frame.producer().sequence());
        }
        output.append('\n');
    }

    private static String kind(byte code) {
        return switch (code) {
            case FrameFormat.GAP -> "gap";
            case FrameFormat.COMMIT -> "commit";
            case FrameFormat.ABORT -> "abort";
            default ->
                PayloadKind.ofCode(code)
                        .map(known -> known.name().toLowerCase(Locale.ROOT))
                        .orElse("unknown-" + code);
        };
    }

    private static void field(Appendable output, String name, Object value) throws IOException {
        output.append(name).append(value.toString());
    }

    /** A time of a damaged frame may be none that has a text. */
    private static String time(long micros) {
        if (micros < EARLIEST_MICROS || micros > LATEST_MICROS) {
            return micros == FrameFormat.NO_EVENT_TIME ? "none" : micros + "us";
        }
        return ValueText.timestamp(micros, SqlType.MAX_TIME_PRECISION).replace(' ', 'T');
    }
}
