package io.thalweg.server;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.time.Clock;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.LogCatalogJournal;
import io.thalweg.server.catalog.relational.CatalogDatabase;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.copy.CopyDirectory;
import io.thalweg.server.copy.FileCopies;
import io.thalweg.server.door.nativewire.ConnectionServices;
import io.thalweg.server.door.nativewire.NativeDoor;
import io.thalweg.server.function.JavaFunctions;
import io.thalweg.server.idle.IdlePartitions;
import io.thalweg.server.metrics.LogGauges;
import io.thalweg.server.metrics.MetricsRegistry;
import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.query.QueryEngineConfig;
import io.thalweg.server.query.QueryStatus;
import io.thalweg.server.scaling.PartitionScaler;
import io.thalweg.server.session.ServerFiles;
import io.thalweg.server.session.SessionRegistry;
import io.thalweg.server.session.Setting;
import io.thalweg.server.session.StatementExecutor;
import io.thalweg.server.system.SystemTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server without a door: the log, the catalog recovered from it, the query engine, and what sessions need. Doors and
 * embedded connections are opened on {@link #connections()}.
 */
public final class ThalwegServer implements AutoCloseable {
    /** What clients and people are told. */
    public static final String VERSION = "0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(ThalwegServer.class);
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int SCAN_CHUNK_BYTES = 8 << 20;
    /** Often enough for the shortest window over which the load of partitions is measured. */
    private static final long SCALING_MILLIS = 500;
    /** Often enough for the shortest timeout of silent partitions. */
    private static final long IDLING_MILLIS = 50;

    private final ServerConfig config;
    private final LogStore log;
    private final CatalogDatabase database;
    private final QueryEngine engine;
    private final FileCopies copies;
    private final JavaFunctions functions;
    private final ExecutorService workers;
    private final ScheduledExecutorService scaling;
    private final ScheduledExecutorService idling;
    private final ConnectionServices connections;

    /** @param data the directory on the disk that belongs to the server alone; none if its data are in memory */
    private ThalwegServer(ServerConfig config, Optional<Path> data, LogStore log, Clock clock) {
        this.config = config;
        this.log = log;
        MetricsRegistry metrics = new MetricsRegistry();
        LogGauges logGauges = new LogGauges(log);
        logGauges.register(metrics);
        SessionRegistry sessions = new SessionRegistry();
        CatalogStateMachine catalog = new CatalogStateMachine(LogCatalogJournal.open(log), SystemTables::definitions);
        removeRubbish(catalog);
        this.database = new CatalogDatabase(catalog::snapshot);
        SystemTables systemTables = new SystemTables(
                catalog::snapshot,
                database,
                log,
                new SystemTables.Live(
                        this::queries, this::settings, sessions::clients, metrics, logGauges::histograms));
        this.engine = new QueryEngine(
                log,
                systemTables,
                new QueryEngineConfig(config.maxQueries(), config.queryMemoryBytes(), SCAN_CHUNK_BYTES),
                clock);
        metrics.gauge("scan.blocks.read", "Blocks of the log that queries have decoded.", engine::readBlocks);
        metrics.gauge(
                "scan.blocks.skipped",
                "Blocks that queries have left alone because their conditions hold for no row of them.",
                engine::skippedBlocks);
        this.workers = WorkerThreads.start(config.maxConnections() + 1);
        this.copies = new FileCopies(new CopyDirectory(config.files(), data), engine, clock);
        this.functions = new JavaFunctions(CopyDirectory.ofFunctions(config.functions(), data));
        StatementExecutor statements = StatementExecutor.of(
                catalog, new Planner(), engine, new ServerFiles(copies, functions), systemTables, metrics, clock);
        this.connections = new ConnectionServices(statements, engine, sessions, workers, VERSION);
        functions.start(catalog.snapshot().functions());
        engine.start(catalog.snapshot());
        PartitionScaler scaler = new PartitionScaler(catalog::snapshot, engine::shards, clock, metrics);
        this.scaling = repeatedly("thalweg-scaling", SCALING_MILLIS, scaler::tick);
        IdlePartitions idle = new IdlePartitions(catalog::snapshot, engine::shards, clock);
        this.idling = repeatedly("thalweg-idle", IDLING_MILLIS, idle::tick);
    }

    private static ScheduledExecutorService repeatedly(String name, long millis, Runnable work) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        LOG.error(
                                "thread {} has ended: what it cares for is left alone until the next start",
                                name,
                                failure);
                        throw failure;
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
        return executor;
    }

    /** Opens the data directory, which is made at the first start. */
    public static ThalwegServer onDisk(ServerConfig config, Clock clock) {
        DataDirectory.prepare(config.data());
        return open(new DiskFileSystem(), config, LogConfig.defaults(), clock);
    }

    /** A server whose data are gone when it is closed. */
    public static ThalwegServer inMemory(ServerConfig config, Clock clock) {
        return open(new MemoryFileSystem(), config, LogConfig.defaults().withReserveBytes(0), clock);
    }

    /** Opens what is in these files, recovers it and starts what runs on it. */
    static ThalwegServer open(LogFileSystem files, ServerConfig config, LogConfig defaults, Clock clock) {
        LogConfig logConfig = defaults.withSegmentBytes(config.segmentBytes());
        LogStore log = LogStore.open(files, config.data(), logConfig, clock);
        try {
            boolean onDisk = files instanceof DiskFileSystem;
            return new ThalwegServer(config, onDisk ? Optional.of(config.data()) : Optional.empty(), log, clock);
        } catch (RuntimeException | Error failure) {
            log.close();
            throw failure;
        }
    }

    /** What a crash between a record of the catalog and the storage it speaks of has left behind. */
    private void removeRubbish(CatalogStateMachine catalog) {
        Set<Long> stored = log.partitions().stream()
                .map(PartitionId::streamId)
                .filter(id -> id != LogCatalogJournal.STREAM_ID && !ErrorRows.isId(id))
                .collect(Collectors.toSet());
        Set<Long> rubbish = Set.copyOf(catalog.reconcile(stored));
        Set<Long> live =
                catalog.snapshot().objects().stream().map(CatalogObject::id).collect(Collectors.toSet());
        log.partitions().stream()
                .filter(partition -> rubbish.contains(partition.streamId())
                        || ErrorRows.isId(partition.streamId())
                                && !live.contains(ErrorRows.ownerOf(partition.streamId())))
                .forEach(log::drop);
    }

    private List<QueryStatus> queries() {
        List<QueryStatus> queries = new ArrayList<>(engine.queries());
        queries.addAll(copies.statuses());
        queries.sort(Comparator.comparingLong(QueryStatus::id));
        return queries;
    }

    private List<List<String>> settings() {
        List<List<String>> settings = new ArrayList<>();
        config.describe().forEach(option -> settings.add(scoped("server", option)));
        Setting.describe().forEach(setting -> settings.add(scoped("session", setting)));
        return settings;
    }

    private static List<String> scoped(String scope, List<String> setting) {
        List<String> row = new ArrayList<>(List.of(scope));
        row.addAll(setting);
        return row;
    }

    /** What a connection needs, however it is carried. */
    public ConnectionServices connections() {
        return connections;
    }

    /** Opens the door for the native protocol, where the configuration says. */
    public NativeDoor listen() {
        return NativeDoor.open(
                connections,
                new NativeDoor.Settings(config.hosts(), config.port(), config.maxConnections(), HANDSHAKE_MILLIS));
    }

    /** Begins to load what the first statement would otherwise wait for. Pays where a statement is not there yet. */
    public void warmUp() {
        workers.execute(() -> {
            try {
                connections.statements().warmUp();
                database.warmUp();
            } catch (RuntimeException failure) {
                // Nothing depends on it: whoever needs what did not load will meet the reason.
                LOG.debug("the warm-up ended early", failure);
            }
        });
    }

    /** Ends all queries and makes everything acknowledged durable. Doors are closed by who opened them, before. */
    @Override
    public void close() {
        scaling.shutdown();
        idling.shutdown();
        engine.close();
        functions.close();
        workers.shutdown();
        database.close();
        log.close();
    }
}
