package io.thalweg.server;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.LogCatalogJournal;
import io.thalweg.server.config.ServerConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists what a data directory holds, partition by partition, while no server uses it. */
final class LogListing {
    private static final String LINE = "%6s  %-17s  %-32s  %9s  %12s  %12s  %s%n";

    private LogListing() {}

    static void print(ServerConfig config, PrintWriter out) {
        if (!Files.isDirectory(config.data())) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "data directory " + config.data() + " does not exist");
        }
        try (LogStore log =
                LogStore.open(new DiskFileSystem(), config.data(), LogConfig.defaults(), new SystemClock())) {
            CatalogSnapshot catalog =
                    new CatalogStateMachine(LogCatalogJournal.open(log), objects -> List.of()).snapshot();
            out.printf(Locale.ROOT, LINE, "id", "kind", "name", "partition", "from offset", "to offset", "state");
            for (PartitionId id : log.partitions()) {
                log.partition(id).ifPresent(partition -> print(partition, catalog, out));
            }
        }
    }

    private static void print(PartitionLog partition, CatalogSnapshot catalog, PrintWriter out) {
        long id = partition.id().streamId();
        CatalogObject object = catalog.objects().stream()
                .filter(candidate -> candidate.id() == ErrorRows.ownerOf(id))
                .<CatalogObject>flatMap(owner -> ErrorRows.isId(id) ? ErrorRows.of(owner).stream() : Stream.of(owner))
                .findFirst()
                .orElse(null);
        String kind = id == LogCatalogJournal.STREAM_ID
                ? "catalog"
                : object == null ? "(dropped)" : object.kind().noun();
        out.printf(
                Locale.ROOT,
                LINE,
                id,
                kind,
                object == null ? "" : object.name(),
                partition.id().partition(),
                partition.startOffset(),
                partition.endOffset(),
                partition.unavailability().orElse("ok"));
    }
}
