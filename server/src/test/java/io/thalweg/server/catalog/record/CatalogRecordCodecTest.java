package io.thalweg.server.catalog.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.catalog.CatalogObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogRecordCodecTest {
    private final CatalogRecordCodec codec = new CatalogRecordCodec();

    @Test
    void everyRecordReadsAsItWasWritten() {
        for (CatalogRecord record : List.of(
                new CatalogRecord.Creating(CatalogObjects.stream(7, "orders"), Set.of()),
                new CatalogRecord.Creating(CatalogObjects.table(1L << 40, "Mixed Case"), Set.of()),
                new CatalogRecord.Creating(
                        CatalogObjects.materializedView(9, "m", CatalogObjects.stream(7, "orders")), Set.of(7L, 8L)),
                new CatalogRecord.Created(7, Optional.empty()),
                new CatalogRecord.Dropped(List.of(9L, 7L)),
                new CatalogRecord.Replaced(3, CatalogObjects.view(4, "v"), Set.of(1L)),
                new CatalogRecord.Swapped(4, 3),
                new CatalogRecord.Altered(CatalogObjects.stream(5, "s")),
                new CatalogRecord.Created(7, Optional.of(query())),
                query(),
                new CatalogRecord.QueryPaused(8, true))) {
            assertEquals(record, codec.decode(codec.encode(record)));
        }
    }

    private static CatalogRecord.QueryCreated query() {
        MaterializedViewDefinition view = CatalogObjects.materializedView(9, "m", CatalogObjects.stream(6, "orders"));
        ContinuousQueryDefinition query = new ContinuousQueryDefinition(
                8, new ObjectName("public", "fill"), 7, "SELECT *\nFROM orders", view.plan(), true);
        return new CatalogRecord.QueryCreated(query, Set.of(6L));
    }

    @Test
    void aPersonCanReadARecord() {
        assertEquals(
                "{\"format\":1,\"record\":\"dropped\",\"ids\":[9,7]}",
                new String(codec.encode(new CatalogRecord.Dropped(List.of(9L, 7L))), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"format\":2,\"record\":\"created\",\"id\":1}",
                "{\"format\":1,\"record\":\"renamed\",\"id\":1}",
                "{\"format\":1,\"record\":\"created\"}",
                "{\"format\":1,\"record\":\"creating\",\"object\":{\"kind\":\"STREAM\",\"id\":1},\"uses\":[]}",
                "{\"format\":1,\"record\":\"creating\",\"object\":{\"kind\":\"SPACESHIP\",\"id\":1},\"uses\":[]}",
            })
    void whatIsNoRecordIsCorrupted(String text) {
        ThalwegException failure =
                assertThrows(ThalwegException.class, () -> codec.decode(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(ErrorCode.DATA_CORRUPTED, failure.code());
    }
}
