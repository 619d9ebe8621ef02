package io.thalweg.server.system;

import io.thalweg.log.Histogram;
import io.thalweg.log.LogStore;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.catalog.relational.CatalogDatabase;
import io.thalweg.server.catalog.relational.InformationSchema;
import io.thalweg.server.metrics.MetricsRegistry;
import io.thalweg.server.query.FileProgress;
import io.thalweg.server.query.QueryStatus;
import io.thalweg.server.query.SystemTableSource;
import io.thalweg.server.shard.HashText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The system tables: their columns for the planner, their rows for the query engine. Thread-safe. */
public final class SystemTables implements SystemTableSource {
    private static final String SCHEMA = "sys";
    private static final int LINE_LENGTH = 80;
    private static final String PARTITIONS_SUFFIX = "$partitions";

    private static final SqlType TEXT = SqlType.VARCHAR.notNull();
    private static final SqlType COUNT = SqlType.BIGINT.notNull();
    private static final SqlType EVENT_TIME = SqlType.timestamp(6);

    private static final RowType PARTITION_TYPE = RowType.of(
            "partition_id",
            SqlType.INTEGER.notNull(),
            "state",
            TEXT,
            "start_offset",
            COUNT,
            "end_offset",
            COUNT,
            "row_count",
            COUNT,
            "stable_offset",
            SqlType.BIGINT,
            "bytes",
            COUNT,
            "segments",
            SqlType.INTEGER.notNull(),
            "durability",
            TEXT,
            "max_event_time",
            EVENT_TIME,
            "watermark",
            EVENT_TIME,
            "first_hash",
            TEXT,
            "last_hash",
            TEXT,
            "parents",
            SqlType.VARCHAR,
            "children",
            SqlType.VARCHAR,
            "damaged_from",
            SqlType.BIGINT,
            "held_by",
            SqlType.VARCHAR,
            "problem",
            SqlType.VARCHAR);

    private static final SystemTableDefinition PARTITIONS =
            new SystemTableDefinition(new ObjectName(SCHEMA, "partitions"), withRelation(PARTITION_TYPE));

    private static final SystemTableDefinition QUERIES = table(
            "queries",
            "id",
            COUNT,
            "name",
            SqlType.VARCHAR,
            "kind",
            TEXT,
            "state",
            TEXT,
            "row_count",
            COUNT,
            "steps",
            COUNT,
            "watermark",
            EVENT_TIME,
            "started",
            SqlType.timestampLtz(6),
            "state_bytes",
            COUNT,
            "file_bytes",
            SqlType.BIGINT,
            "file_size",
            SqlType.BIGINT,
            "statement",
            TEXT);

    private static final SystemTableDefinition SETTINGS = table(
            "settings",
            "scope",
            TEXT,
            "name",
            TEXT,
            "value",
            TEXT,
            "default_value",
            TEXT,
            "possible_values",
            TEXT,
            "description",
            TEXT);

    private static final SystemTableDefinition SESSIONS = table("sessions", "id", COUNT, "client", TEXT);

    private static final SystemTableDefinition METRICS =
            table("metrics", "name", TEXT, "value", COUNT, "description", TEXT);

    private static final SystemTableDefinition HISTOGRAMS =
            table("histograms", "name", TEXT, "at_least", COUNT, "below", COUNT, "times", COUNT);

    private final Supplier<CatalogSnapshot> catalog;
    private final CatalogDatabase database;
    private final LogStore log;
    private final Live live;
    private final List<SystemTable> tables = new ArrayList<>();

    /**
     * What can only be asked of the running server.
     *
     * @param settings scope, name, value, default, possible values and sentence of each option and setting
     * @param sessions id and client of each session
     * @param histograms what is counted by size, by the name of the metric
     */
    public record Live(
            Supplier<List<QueryStatus>> queries,
            Supplier<List<List<String>>> settings,
            Supplier<List<Client>> sessions,
            MetricsRegistry metrics,
            Supplier<Map<String, Histogram>> histograms) {}

    /** A session in SYS.SESSIONS. */
    public record Client(long id, String name) {}

    public SystemTables(Supplier<CatalogSnapshot> catalog, CatalogDatabase database, LogStore log, Live live) {
        this.catalog = catalog;
        this.database = database;
        this.log = log;
        this.live = live;
        for (SystemTableDefinition definition : InformationSchema.tables()) {
            tables.add(new SystemTable(definition, () -> informationSchema(definition)));
        }
        tables.add(new SystemTable(PARTITIONS, this::partitions));
        tables.add(new SystemTable(QUERIES, () -> queries(UnaryOperator.identity())));
        tables.add(new SystemTable(SETTINGS, this::settings));
        tables.add(new SystemTable(SESSIONS, this::sessions));
        tables.add(new SystemTable(METRICS, this::metrics));
        tables.add(new SystemTable(HISTOGRAMS, this::histograms));
    }

    private static RowType withRelation(RowType type) {
        List<Field> fields = new ArrayList<>(List.of(new Field("relation", TEXT)));
        fields.addAll(type.fields());
        return new RowType(fields);
    }

    private static SystemTableDefinition table(String name, Object... columns) {
        return new SystemTableDefinition(new ObjectName(SCHEMA, name), RowType.of(columns));
    }

    /** The system tables beside the given objects: those that are always there, and one for each stream. */
    public static List<SystemTableDefinition> definitions(Collection<CatalogObject> objects) {
        List<SystemTableDefinition> definitions = new ArrayList<>(InformationSchema.tables());
        definitions.addAll(List.of(PARTITIONS, QUERIES, SETTINGS, SESSIONS, METRICS, HISTOGRAMS));
        for (CatalogObject object : objects) {
            if (object.kind() == ObjectKind.STREAM) {
                ObjectName name =
                        new ObjectName(object.name().schema(), object.name().name() + PARTITIONS_SUFFIX);
                definitions.add(new SystemTableDefinition(name, PARTITION_TYPE));
            }
        }
        return definitions;
    }

    @Override
    public List<DeltaBatch> read(String qualifiedName, List<Integer> columns) {
        return rows(qualifiedName).batches(columns);
    }

    /** All rows of SYS.QUERIES for people: each statement on one line, cut if it is long. */
    public ResultTable queriesAtAGlance() {
        return queries(SystemTables::line);
    }

    private static String line(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH - 1) + "…";
    }

    private ResultTable queries(UnaryOperator<String> shown) {
        ResultTable table = new ResultTable(QUERIES.type());
        for (QueryStatus query : live.queries().get()) {
            table.add(
                    query.id(),
                    query.name().orElse(null),
                    query.kind(),
                    query.state(),
                    query.rows(),
                    query.steps(),
                    known(query.watermarkMicros()),
                    known(query.startedMicros()),
                    query.stateBytes(),
                    query.file().map(FileProgress::bytes).orElse(null),
                    query.file().map(FileProgress::totalBytes).orElse(null),
                    shown.apply(query.text()));
        }
        return table;
    }

    private static @Nullable Long known(long micros) {
        return micros == Long.MIN_VALUE ? null : (Long) micros;
    }

    /** All rows of SYS.PARTITIONS. */
    public ResultTable partitions() {
        ResultTable table = new ResultTable(PARTITIONS.type());
        for (CatalogObject object : catalog.get().objects()) {
            for (PartitionFacts facts : PartitionFacts.of(object, log)) {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(object.name().toString());
                row.addAll(cells(facts));
                table.add(row.toArray());
            }
        }
        return table;
    }

    /** What the log knows of the partitions of an object. */
    public List<PartitionFacts> facts(CatalogObject object) {
        return PartitionFacts.of(object, log);
    }

    /** The partitions of one object. */
    public ResultTable partitions(CatalogObject object) {
        ResultTable table = new ResultTable(PARTITION_TYPE);
        PartitionFacts.of(object, log).forEach(facts -> table.add(cells(facts).toArray()));
        return table;
    }

    private static List<@Nullable Object> cells(PartitionFacts facts) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(facts.partition());
        cells.add(facts.open() ? "OPEN" : "CLOSED");
        cells.add(facts.offsets().start());
        cells.add(facts.offsets().end());
        cells.add(facts.offsets().rows());
        cells.add(facts.offsets().stable());
        cells.add(facts.size().bytes());
        cells.add(facts.size().segments());
        cells.add(facts.condition().durability());
        cells.add(facts.times().max());
        cells.add(facts.times().watermark());
        cells.add(HashText.of(facts.lineage().keys().first()));
        cells.add(HashText.of(facts.lineage().keys().last()));
        cells.add(list(facts.lineage().parents()));
        cells.add(list(facts.lineage().children()));
        cells.add(facts.condition().damagedFrom());
        cells.add(facts.condition().heldBy());
        cells.add(facts.condition().problem());
        return cells;
    }

    private static @Nullable String list(List<Integer> numbers) {
        return numbers.isEmpty() ? null : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private ResultTable rows(String qualifiedName) {
        for (SystemTable table : tables) {
            ObjectName name = table.definition().name();
            if (qualifiedName.equals(name.toString())) {
                return table.rows().get();
            }
        }
        return catalog.get().objects().stream()
                .filter(object -> qualifiedName.equals(object.name() + PARTITIONS_SUFFIX))
                .findFirst()
                .map(this::partitions)
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.UNDEFINED_OBJECT, "system table " + qualifiedName + " does not exist"));
    }

    private ResultTable informationSchema(SystemTableDefinition definition) {
        ResultTable table = new ResultTable(definition.type());
        for (Record row : database.rows(definition)) {
            table.add(row.intoArray());
        }
        return table;
    }

    private ResultTable settings() {
        ResultTable table = new ResultTable(SETTINGS.type());
        live.settings().get().forEach(setting -> table.add(setting.toArray()));
        return table;
    }

    private ResultTable sessions() {
        ResultTable table = new ResultTable(SESSIONS.type());
        live.sessions().get().forEach(client -> table.add(client.id(), client.name()));
        return table;
    }

    private ResultTable metrics() {
        ResultTable table = new ResultTable(METRICS.type());
        live.metrics().readings().forEach(reading -> table.add(reading.name(), reading.value(), reading.sentence()));
        return table;
    }

    private ResultTable histograms() {
        ResultTable table = new ResultTable(HISTOGRAMS.type());
        live.histograms().get().forEach((name, histogram) -> {
            for (int i = 0; i < histogram.counts().size(); i++) {
                long atLeast = i == 0 ? 0 : 1L << (i - 1);
                table.add(name, atLeast, 1L << i, histogram.counts().get(i));
            }
        });
        return table;
    }
}
