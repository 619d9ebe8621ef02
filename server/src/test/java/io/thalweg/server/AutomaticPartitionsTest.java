package io.thalweg.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.time.SystemClock;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.door.nativewire.ProtocolClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that runs changes the partitions of a stream that asks for it, without being told. */
@Timeout(60)
class AutomaticPartitionsTest {
    private static final String OPEN = "SELECT COUNT(*) AS n FROM s$partitions WHERE state = 'OPEN'";

    @Test
    void bringsPartitionsToTheirMinimum() throws Exception {
        try (ThalwegServer server = ThalwegServer.inMemory(ServerConfig.of(Map.of()), new SystemClock())) {
            ProtocolClient client = InProcessClient.connect(server);
            client.execute("CREATE STREAM s (a INT) DISTRIBUTED BY (a)"
                    + " WITH ('partitions.auto' = 'true', 'partitions.min' = '3')");
            long inserted = 0;
            while (!client.execute(OPEN).contains("\n3\n")) {
                assertEquals("completed 1 inserted 1 row\n", client.execute("INSERT INTO s VALUES (1)"));
                inserted++;
                Thread.sleep(20);
            }
            String rows = client.execute("SELECT COUNT(*) AS n FROM s");
            assertTrue(rows.contains("\n" + inserted + "\n"), rows);
            String splits = client.execute("SELECT \"value\" FROM sys.metrics WHERE name = 'partitions.split'");
            assertTrue(splits.contains("\n2\n"), splits);
        }
    }
}
