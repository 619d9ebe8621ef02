package io.thalweg.server.catalog.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.LiteralRows;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.json.PlanJson;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The definitions of objects as JSON trees. The plan of a materialized view is a text within, in the format of its own. */
final class CatalogObjectJson {
    private final ObjectMapper mapper;

    CatalogObjectJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ObjectNode write(CatalogObject object) {
        ObjectNode json = mapper.createObjectNode()
                .put("kind", object.kind().name())
                .put("id", object.id())
                .put("schema", object.name().schema())
                .put("name", object.name().name());
        return object.accept(new Writer(json));
    }

    CatalogObject read(JsonNode json) {
        long id = json.required("id").longValue();
        ObjectName name = new ObjectName(
                json.required("schema").textValue(), json.required("name").textValue());
        ObjectProperties properties = properties(json);
        return switch (ObjectKind.valueOf(json.required("kind").textValue())) {
            case STREAM ->
                new StreamDefinition(
                        id,
                        name,
                        columns(json),
                        watermark(json),
                        integers(json.required("distribution")),
                        json.required("partitions").intValue(),
                        properties);
            case TABLE ->
                new TableDefinition(
                        id,
                        name,
                        columns(json),
                        integers(json.required("primaryKey")),
                        json.required("partitions").intValue(),
                        properties);
            case VIEW ->
                new ViewDefinition(
                        id, name, json.required("query").textValue(), rowType(json.required("type")), properties);
            case MATERIALIZED_VIEW ->
                new MaterializedViewDefinition(
                        id,
                        name,
                        json.required("query").textValue(),
                        PlanJson.read(json.required("plan").textValue()),
                        rowType(json.required("type")),
                        properties);
            case SYSTEM_TABLE -> throw new IllegalArgumentException("system table " + name + " in a record");
        };
    }

    ObjectNode writeQuery(ContinuousQueryDefinition query) {
        return mapper.createObjectNode()
                .put("id", query.id())
                .put("schema", query.name().schema())
                .put("name", query.name().name())
                .put("target", query.target())
                .put("text", query.query())
                .put("plan", PlanJson.write(query.plan()))
                .put("paused", query.paused());
    }

    static ContinuousQueryDefinition readQuery(JsonNode json) {
        return new ContinuousQueryDefinition(
                json.required("id").longValue(),
                new ObjectName(
                        json.required("schema").textValue(),
                        json.required("name").textValue()),
                json.required("target").longValue(),
                json.required("text").textValue(),
                PlanJson.read(json.required("plan").textValue()),
                json.required("paused").booleanValue());
    }

    private static ObjectProperties properties(JsonNode json) {
        Map<String, String> options = new TreeMap<>();
        json.required("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().textValue()));
        return new ObjectProperties(options, text(json, "comment"));
    }

    private static Optional<WatermarkDefinition> watermark(JsonNode json) {
        JsonNode watermark = json.get("watermark");
        return watermark == null
                ? Optional.empty()
                : Optional.of(new WatermarkDefinition(
                        watermark.required("column").intValue(),
                        watermark.required("delayMicros").longValue()));
    }

    private static RowColumns columns(JsonNode json) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (JsonNode column : json.required("columns")) {
            columns.add(new ColumnDefinition(
                    column.required("name").textValue(),
                    type(column.required("type")),
                    ColumnOrigin.valueOf(column.required("origin").textValue()),
                    text(column, "expression"),
                    text(column, "comment"),
                    earlier(column)));
        }
        return new RowColumns(columns);
    }

    /** A value is kept as the block of one row, which knows the kinds of all types. */
    private static Optional<Literal> earlier(JsonNode column) {
        SqlType type = type(column.required("type"));
        return text(column, "earlier")
                .map(block -> BlockCodec.decode(Base64.getDecoder().decode(block)))
                .map(row -> LiteralRows.row(row, 0, List.of(type)).get(0));
    }

    private static String block(ColumnDefinition column, Literal value) {
        RowType type = new RowType(List.of(new Field(column.name(), column.type())));
        return Base64.getEncoder().encodeToString(BlockCodec.encode(LiteralRows.batch(type, List.of(List.of(value)))));
    }

    private static RowType rowType(JsonNode array) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : array) {
            fields.add(new Field(field.required("name").textValue(), type(field.required("type"))));
        }
        return new RowType(fields);
    }

    private static SqlType type(JsonNode json) {
        return new SqlType(
                TypeName.valueOf(json.required("name").textValue()),
                json.required("precision").intValue(),
                json.required("scale").intValue(),
                json.required("nullable").booleanValue(),
                json.has("components") ? rowType(json.required("components")).fields() : List.of());
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> integers = new ArrayList<>();
        array.forEach(integer -> integers.add(integer.intValue()));
        return integers;
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::textValue);
    }

    private static final class Writer implements CatalogObject.Visitor<ObjectNode> {
        private final ObjectNode json;

        Writer(ObjectNode json) {
            this.json = json;
        }

        @Override
        public ObjectNode visitStream(StreamDefinition stream) {
            putColumns(stream.columns());
            stream.watermark()
                    .ifPresent(watermark -> json.putObject("watermark")
                            .put("column", watermark.column())
                            .put("delayMicros", watermark.delayMicros()));
            ArrayNode distribution = json.putArray("distribution");
            stream.distribution().forEach(distribution::add);
            json.put("partitions", stream.partitionCount());
            return putProperties(stream.properties());
        }

        @Override
        public ObjectNode visitTable(TableDefinition table) {
            putColumns(table.columns());
            ArrayNode primaryKey = json.putArray("primaryKey");
            table.primaryKey().forEach(primaryKey::add);
            json.put("partitions", table.partitionCount());
            return putProperties(table.properties());
        }

        @Override
        public ObjectNode visitView(ViewDefinition view) {
            json.put("query", view.query());
            putRowType(view.type());
            return putProperties(view.properties());
        }

        @Override
        public ObjectNode visitMaterializedView(MaterializedViewDefinition view) {
            json.put("query", view.query()).put("plan", PlanJson.write(view.plan()));
            putRowType(view.type());
            return putProperties(view.properties());
        }

        @Override
        public ObjectNode visitSystemTable(SystemTableDefinition table) {
            throw new IllegalArgumentException("system table " + table.name() + " in a record");
        }

        private void putColumns(RowColumns columns) {
            ArrayNode array = json.putArray("columns");
            for (ColumnDefinition column : columns.columns()) {
                ObjectNode entry = array.addObject().put("name", column.name());
                putType(entry, column.type());
                entry.put("origin", column.origin().name());
                column.expression().ifPresent(expression -> entry.put("expression", expression));
                column.comment().ifPresent(comment -> entry.put("comment", comment));
                column.earlier().ifPresent(value -> entry.put("earlier", block(column, value)));
            }
        }

        private void putRowType(RowType type) {
            putFields(json.putArray("type"), type.fields());
        }

        private static void putFields(ArrayNode array, List<Field> fields) {
            for (Field field : fields) {
                putType(array.addObject().put("name", field.name()), field.type());
            }
        }

        private static void putType(ObjectNode target, SqlType type) {
            ObjectNode json = target.putObject("type")
                    .put("name", type.name().name())
                    .put("precision", type.precision())
                    .put("scale", type.scale())
                    .put("nullable", type.nullable());
            if (type.name().isNested()) {
                putFields(json.putArray("components"), type.components());
            }
        }

        private ObjectNode putProperties(ObjectProperties properties) {
            ObjectNode options = json.putObject("options");
            properties.options().forEach(options::put);
            properties.comment().ifPresent(comment -> json.put("comment", comment));
            return json;
        }
    }
}
