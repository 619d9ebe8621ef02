package io.thalweg.server.copy;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import io.thalweg.server.format.CsvRowWriter;
import io.thalweg.server.format.JsonRowWriter;
import io.thalweg.server.format.MalformedFile;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.format.RowWriter;
import io.thalweg.server.format.parquet.ParquetRowWriter;
import io.thalweg.server.query.QueryControl;
import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.query.QueryOptions;
import io.thalweg.server.query.QueryStatus;
import io.thalweg.server.query.RunningQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies files into relations and answers of queries into files, on the caller's thread, and knows which copies run.
 * Thread-safe.
 */
public final class FileCopies {
    private static final Logger LOG = LoggerFactory.getLogger(FileCopies.class);
    private static final int GZIP_BYTES = 1 << 16;

    private final CopyDirectory directory;
    private final QueryEngine engine;
    private final Clock clock;
    private final Map<Long, RunningCopy> running = new ConcurrentHashMap<>();

    /** What is said of a copy when somebody asks what runs, and what stops it. */
    public record Run(String text, QueryControl control) {}

    /** Which columns a file's rows have, who takes them, and who takes what is none, once the names are known that the file itself has. */
    public record Destination(RowSchema schema, RowTaker taker, RowTaker errors) {}

    /** How many rows a file had, and how many of its records were none and are kept apart. */
    public record Outcome(long rows, long quarantined) {}

    public FileCopies(CopyDirectory directory, QueryEngine engine, Clock clock) {
        this.directory = directory;
        this.engine = engine;
        this.clock = clock;
    }

    /** The copies into relations that run now. */
    public List<QueryStatus> statuses() {
        return running.values().stream().map(RunningCopy::status).toList();
    }

    /**
     * Copies the rows of a file.
     *
     * @param destination told the names in the file's header, if there are any
     * @throws ThalwegException naming line and column if a record is no row; what was taken before it stays
     */
    public Outcome read(
            String name, CopyOptions options, Function<Optional<List<String>>, Destination> destination, Run run) {
        Path path = directory.readable(name);
        RunningCopy copy = null;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            copy = new RunningCopy(engine.newQueryId(), run.text(), clock.epochMicros(), channel.size());
            running.put(copy.id(), copy);
            return read(name, options, channel, destination, run, copy);
        } catch (MalformedFile e) {
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED, "file " + name + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "file " + name + " cannot be read", e);
        } finally {
            if (copy != null) {
                running.remove(copy.id());
            }
        }
    }

    private static RowFile open(CopyOptions options, FileChannel channel, RunningCopy copy) throws IOException {
        if (options.format() == CopyFormat.PARQUET) {
            return new ParquetFile(channel, copy::readTo);
        }
        InputStream counted = new CountedInput(Channels.newInputStream(channel), copy::readTo);
        return new TextFile(options.compressed() ? new GZIPInputStream(counted, GZIP_BYTES) : counted, options);
    }

    private static Outcome read(
            String name,
            CopyOptions options,
            FileChannel channel,
            Function<Optional<List<String>>, Destination> destination,
            Run run,
            RunningCopy copy)
            throws IOException {
        try (RowFile file = open(options, channel, copy)) {
            Destination known = destination.apply(file.columns());
            QuarantinedRecords quarantine = new QuarantinedRecords(name, known.errors());
            FileCopy.Target target = new FileCopy.Target(
                    name,
                    known.schema(),
                    known.taker(),
                    options.quarantine() ? Optional.of(quarantine) : Optional.empty());
            long rows = new FileCopy(target, run.control(), copy).copy(file);
            return new Outcome(rows, quarantine.count());
        } catch (RefusedRecord header) {
            throw FileCopy.failure(name, header, FileCopy.NOTHING);
        }
    }

    /**
     * Writes the answer of a query. The file appears when it is complete and on the disk; before that, and after a
     * failure, there is none.
     *
     * @return how many rows there were
     */
    public long write(PhysicalPlan plan, String name, CopyOptions options, Run run) {
        Path path = directory.writable(name, options.overwrite());
        Path unfinished = path.resolveSibling("." + path.getFileName() + "." + engine.newQueryId() + ".part");
        try {
            long rows = writeAll(plan, name, unfinished, options, run);
            directory.writable(name, options.overwrite());
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } catch (IOException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "file " + name + " cannot be written", e);
        } finally {
            deleteIfThere(unfinished);
        }
    }

    private static void deleteIfThere(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            LOG.warn("the unfinished file {} cannot be deleted", unfinished, e);
        }
    }

    private long writeAll(PhysicalPlan plan, String name, Path path, CopyOptions options, Run run) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
                OutputStream raw = Channels.newOutputStream(channel);
                OutputStream output = options.compressed() ? new GZIPOutputStream(raw, GZIP_BYTES) : raw) {
            FileSink sink = new FileSink(name, type -> writer(type, options, output));
            RunningQuery query = engine.start(plan, List.of(), sink, new QueryOptions(run.text(), 0, 0));
            run.control().onCancel(() -> query.cancel(ErrorCode.QUERY_CANCELED));
            long rows = await(sink, run.control());
            if (output instanceof GZIPOutputStream compressed) {
                compressed.finish();
            }
            channel.force(true);
            return rows;
        }
    }

    private static long await(FileSink sink, QueryControl control) {
        try {
            return sink.result().join();
        } catch (CompletionException failure) {
            // A reason given to the statement explains the end of its query.
            control.check();
            if (failure.getCause() instanceof ThalwegException known) {
                throw known;
            }
            throw failure;
        }
    }

    private static RowWriter writer(RowType type, CopyOptions options, OutputStream output) throws IOException {
        return switch (options.format()) {
            case JSON -> new JsonRowWriter(type, output);
            case CSV -> new CsvRowWriter(type, options.dialect(), options.header(), output);
            case PARQUET -> new ParquetRowWriter(type, output);
            case RAW -> throw new IllegalStateException("lines are only read");
        };
    }
}
