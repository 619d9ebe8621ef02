package io.thalweg.benchmarks.micro;

import io.thalweg.log.frame.FrameContent;
import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.frame.ProducerSequence;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making a frame around a payload (copy, checksum, header), and checking one that was read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final FrameOwner OWNER = new FrameOwner(1, 0, new UUID(1, 2));

    /** The length of the payload. */
    @Param({"100", "10000", "100000"})
    public int payloadBytes;

    private byte[] payload = new byte[0];
    private byte[] frame = new byte[0];

    /** Makes the payload and a frame of it. */
    @Setup
    public void prepare() {
        payload = new byte[payloadBytes];
        new SplittableRandom(1).nextBytes(payload);
        frame = encode();
    }

    /** What an append does before and in the queue of its partition. */
    @Benchmark
    public byte[] encode() {
        FrameContent content = new FrameContent((byte) 1, ByteBuffer.wrap(payload), 1, 0, 0, ProducerSequence.NONE);
        return new FrameDraft(OWNER, content).seal(0, 0, 0, 0);
    }

    /** What every reader does before it believes a frame. */
    @Benchmark
    public boolean check() {
        return FrameFormat.isPlausibleHeader(frame, 0, OWNER) && FrameFormat.checksumMatches(frame, 0, OWNER);
    }
}
