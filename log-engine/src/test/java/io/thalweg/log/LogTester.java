package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.producer.ProducerRefusedException;
import io.thalweg.log.producer.ProducerRefusedException.Reason;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Short words for tests: rows are texts, one per append unless said otherwise. */
final class LogTester {
    static final PartitionId ID = new PartitionId(0x2a, 0);
    static final LogConfig SMALL = LogConfig.defaults().withSegmentBytes(2_048).withReserveBytes(0);

    private LogTester() {}

    static LogStore open(LogFileSystem files, Path directory) {
        return LogStore.open(files, directory, SMALL, new SteppingClock());
    }

    static LogStore openWithoutThreads(LogFileSystem files, Path directory) {
        return LogStore.openWithoutThreads(files, directory, SMALL, new SteppingClock());
    }

    /** Why a producer was refused; the code of the error must say the same. */
    static Reason reason(ThalwegException refused) {
        Reason reason = ((ProducerRefusedException) refused.getCause()).reason();
        Map<Reason, ErrorCode> codes = Map.of(
                Reason.OUT_OF_SEQUENCE, ErrorCode.PRODUCER_OUT_OF_SEQUENCE,
                Reason.OLD_EPOCH, ErrorCode.PRODUCER_FENCED,
                Reason.IN_TRANSACTION, ErrorCode.PRODUCER_IN_TRANSACTION);
        assertEquals(codes.get(reason), refused.code());
        return reason;
    }

    static AppendRequest row(String text) {
        return AppendRequest.of(PayloadKind.RECORD, StandardCharsets.UTF_8.encode(text), 1);
    }

    static AppendResult append(PartitionLog log, String text) {
        return log.append(row(text)).join();
    }

    static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add("row " + i + " " + "x".repeat(i % 50));
        }
        return texts;
    }

    /** Appends texts and makes each durable by itself. */
    static void appendEach(LogStore store, PartitionLog log, List<String> texts) {
        for (String text : texts) {
            log.append(row(text));
            store.commitPending();
        }
    }

    static List<String> read(PartitionLog log, long from, long to) {
        List<String> texts = new ArrayList<>();
        try (LogCursor cursor = log.read(from, to)) {
            while (cursor.next()) {
                texts.add(StandardCharsets.UTF_8.decode(cursor.payload()).toString());
            }
        }
        return texts;
    }

    static List<String> readAll(PartitionLog log) {
        return read(log, log.startOffset(), Long.MAX_VALUE);
    }

    /** The code of the exception that an action must end with, thrown or as the failure of a future. */
    static ErrorCode failure(Supplier<?> action) {
        try {
            Object result = action.get();
            throw new AssertionError("no failure but " + result);
        } catch (ThalwegException e) {
            return e.code();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ThalwegException known) {
                return known.code();
            }
            throw e;
        }
    }
}
