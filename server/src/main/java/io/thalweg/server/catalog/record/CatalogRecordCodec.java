package io.thalweg.server.catalog.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records as JSON in UTF-8: {@code {"format": 1, "record": "creating", "object": {…}, "uses": [3, 4]}}. JSON, because a
 * person must be able to read what a damaged catalog holds. A reader refuses a format it does not know: half an understood
 * catalog would lose tables.
 */
public final class CatalogRecordCodec {
    /** The version that is written. */
    static final int FORMAT_VERSION = 1;

    private final ObjectMapper mapper = new ObjectMapper();
    private final CatalogObjectJson objects = new CatalogObjectJson(mapper);

    public byte[] encode(CatalogRecord record) {
        ObjectNode json = mapper.createObjectNode().put("format", FORMAT_VERSION);
        record.accept(new Writer(json));
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JsonProcessingException failure) {
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "a catalog record could not be written", failure);
        }
    }

    /** Throws DATA_CORRUPTED if the bytes are no record of a known format. */
    public CatalogRecord decode(byte[] bytes) {
        JsonNode json;
        try {
            json = mapper.readTree(bytes);
        } catch (IOException failure) {
            throw new ThalwegException(ErrorCode.DATA_CORRUPTED, "a catalog record is not readable as JSON", failure);
        }
        int format = json.path("format").asInt(-1);
        if (format != FORMAT_VERSION) {
            throw new ThalwegException(
                            ErrorCode.DATA_CORRUPTED,
                            "a catalog record has format " + format + ", this version knows " + FORMAT_VERSION)
                    .withHint("Start the version of Thalweg that wrote this data directory.");
        }
        try {
            return read(json);
        } catch (IllegalArgumentException | NullPointerException failure) {
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED, "a catalog record lacks a part or has one of another type", failure);
        }
    }

    private CatalogRecord read(JsonNode json) {
        String kind = json.path("record").asText();
        return switch (kind) {
            case "creating" -> new CatalogRecord.Creating(objects.read(json.required("object")), uses(json));
            case "created" ->
                new CatalogRecord.Created(
                        json.required("id").longValue(),
                        Optional.ofNullable(json.get("filledBy")).map(this::queryCreated));
            case "dropped" -> new CatalogRecord.Dropped(ids(json.required("ids")));
            case "replaced" ->
                new CatalogRecord.Replaced(
                        json.required("id").longValue(),
                        (ViewDefinition) objects.read(json.required("view")),
                        uses(json));
            case "swapped" ->
                new CatalogRecord.Swapped(
                        json.required("id").longValue(),
                        json.required("replaced").longValue());
            case "altered" -> new CatalogRecord.Altered(objects.read(json.required("object")));
            case "partitions added" ->
                new CatalogRecord.PartitionsAdded(
                        json.required("id").longValue(),
                        json.required("partitions").intValue());
            case "query created" -> queryCreated(json);
            case "query paused" ->
                new CatalogRecord.QueryPaused(
                        json.required("id").longValue(), json.required("paused").booleanValue());
            case "function created" ->
                new CatalogRecord.FunctionCreated(
                        FunctionJson.read(json.required("function")),
                        Optional.ofNullable(json.get("replaces")).map(JsonNode::longValue));
            default -> throw new IllegalArgumentException("no record is called " + kind);
        };
    }

    private CatalogRecord.QueryCreated queryCreated(JsonNode json) {
        return new CatalogRecord.QueryCreated(CatalogObjectJson.readQuery(json.required("query")), uses(json));
    }

    private static Set<Long> uses(JsonNode json) {
        return Set.copyOf(ids(json.required("uses")));
    }

    private static List<Long> ids(JsonNode array) {
        List<Long> ids = new ArrayList<>();
        array.forEach(id -> ids.add(id.longValue()));
        return ids;
    }

    private final class Writer implements CatalogRecord.Visitor<ObjectNode> {
        private final ObjectNode json;

        Writer(ObjectNode json) {
            this.json = json;
        }

        @Override
        public ObjectNode visitCreating(CatalogRecord.Creating creating) {
            json.put("record", "creating");
            json.set("object", objects.write(creating.object()));
            return putIds("uses", new TreeSet<>(creating.uses()));
        }

        @Override
        public ObjectNode visitCreated(CatalogRecord.Created created) {
            json.put("record", "created").put("id", created.id());
            created.filledBy().ifPresent(query -> new Writer(json.putObject("filledBy")).visitQueryCreated(query));
            return json;
        }

        @Override
        public ObjectNode visitDropped(CatalogRecord.Dropped dropped) {
            json.put("record", "dropped");
            return putIds("ids", dropped.ids());
        }

        @Override
        public ObjectNode visitReplaced(CatalogRecord.Replaced replaced) {
            json.put("record", "replaced").put("id", replaced.id());
            json.set("view", objects.write(replaced.view()));
            return putIds("uses", new TreeSet<>(replaced.uses()));
        }

        @Override
        public ObjectNode visitSwapped(CatalogRecord.Swapped swapped) {
            return json.put("record", "swapped").put("id", swapped.id()).put("replaced", swapped.replaced());
        }

        @Override
        public ObjectNode visitAltered(CatalogRecord.Altered altered) {
            json.put("record", "altered");
            return json.set("object", objects.write(altered.object()));
        }

        @Override
        public ObjectNode visitPartitionsAdded(CatalogRecord.PartitionsAdded added) {
            return json.put("record", "partitions added").put("id", added.id()).put("partitions", added.partitions());
        }

        @Override
        public ObjectNode visitQueryCreated(CatalogRecord.QueryCreated created) {
            json.put("record", "query created");
            json.set("query", objects.writeQuery(created.query()));
            return putIds("uses", new TreeSet<>(created.uses()));
        }

        @Override
        public ObjectNode visitQueryPaused(CatalogRecord.QueryPaused paused) {
            return json.put("record", "query paused").put("id", paused.id()).put("paused", paused.paused());
        }

        @Override
        public ObjectNode visitFunctionCreated(CatalogRecord.FunctionCreated created) {
            json.put("record", "function created");
            created.replaces().ifPresent(id -> json.put("replaces", id));
            FunctionJson.write(created.function(), json.putObject("function"));
            return json;
        }

        private ObjectNode putIds(String name, Collection<Long> ids) {
            ArrayNode array = json.putArray(name);
            ids.forEach(array::add);
            return json;
        }
    }
}
