package io.thalweg.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.type.Field;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.server.embedded.EmbeddedProvider;
import io.thalweg.server.system.SystemTables;
import io.thalweg.wire.link.EmbeddedEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SystemTablesTest {
    private final EmbeddedEngine engine = new EmbeddedProvider().open(Optional.empty(), Map.of());
    private final ProtocolClient client = new ProtocolClient(engine::connect).hello(Map.of());

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    @Test
    void noColumnMustBeQuoted() {
        StringBuilder refused = new StringBuilder();
        SystemTables.definitions(List.of()).forEach(table -> {
            for (Field field : table.type().fields()) {
                String answer = client.execute("SELECT " + field.name() + ", MIN(" + field.name() + ") FROM "
                        + table.name() + " WHERE " + field.name() + " IS NOT NULL GROUP BY " + field.name()
                        + " ORDER BY " + field.name());
                if (!answer.startsWith("header")) {
                    refused.append(table.name()).append(' ').append(answer);
                }
            }
        });
        assertEquals("", refused.toString());
    }

    @Test
    void showQueriesHasALineForEach() {
        client.execute("CREATE STREAM s (a INT) INTO 2 PARTITIONS");
        client.execute("CREATE MATERIALIZED VIEW m AS\n  SELECT a,\n    COUNT(*) AS n\n  FROM s\n  WHERE a > 0 AND a < "
                + "1000000 AND a <> 77\n  GROUP BY a");
        String shown = client.execute("SHOW QUERIES");
        assertTrue(shown.contains(" | m | MATERIALIZED VIEW | RUNNING | 0 | 1 | null | null | "), shown);
        assertTrue(
                shown.contains("| SELECT a, COUNT(*) AS n FROM s WHERE a > 0 AND a < 1000000 AND a <> 77 GROUP BY…\n"),
                shown);
        assertEquals(
                "header (relation VARCHAR NOT NULL, row_count BIGINT NOT NULL)\ns | 0\ns | 0\ncompleted -1 \n",
                client.execute("SELECT relation, row_count FROM sys.partitions WHERE relation = 's'"));
        assertEquals(
                "header (row_count BIGINT NOT NULL)\n0\n0\ncompleted -1 \n",
                client.execute("SELECT row_count FROM s$partitions"));
    }
}
