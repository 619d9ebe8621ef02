package io.thalweg.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.server.inspect.FileDump;
import io.thalweg.server.inspect.LogVerification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the commands for operators print about the files of a server. */
@Timeout(120)
class LogInspectionTest {
    private static final Path DATA = Path.of("/data");
    private static final Path FILE = DATA.resolve("log/1/0/00000000000000000000.log");

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final StringWriter printed = new StringWriter();
    private final PrintWriter out = new PrintWriter(printed);

    private ThalwegServer start() {
        return ThalwegServer.open(
                files,
                ServerConfig.of(Map.of("data", DATA.toString())),
                LogConfig.defaults().withReserveBytes(0),
                new SystemClock());
    }

    private ThalwegServer startFilled() {
        ThalwegServer server = start();
        ProtocolClient client = InProcessClient.connect(server);
        for (String statement : List.of(
                "CREATE STREAM orders (id INT, name VARCHAR, ts TIMESTAMP(3), amount DECIMAL(9, 2))",
                "INSERT INTO orders VALUES (1, 'ann', '2026-01-01 10:00:00', 1.25), (2, NULL, NULL, 3)",
                "INSERT INTO orders VALUES (3, 'bob', '2026-01-01 10:00:01', -4.5)")) {
            String answer = client.execute(statement);
            assertTrue(answer.startsWith("completed"), answer);
        }
        client.close();
        return server;
    }

    private String printed() {
        out.flush();
        String text = printed.toString().replace(System.lineSeparator(), "\n");
        printed.getBuffer().setLength(0);
        return text;
    }

    @Test
    void verifiesADirectoryThatNoServerHas() throws IOException {
        ThalwegServer server = startFilled();
        ThalwegException inUse = assertThrows(ThalwegException.class, () -> new LogVerification(files, out).run(DATA));
        assertEquals(ErrorCode.DIRECTORY_IN_USE, inUse.code());
        assertTrue(inUse.hint().orElseThrow().startsWith("Stop the server"), inUse.toString());
        server.close();

        assertTrue(new LogVerification(files, out).run(DATA));
        String sound = printed();
        assertTrue(
                sound.matches("read 1 objects, 2 partitions, 2 files, 4 frames, 5 rows, \\d\\.\\d KiB\nall is well\n"),
                sound);

        long size;
        try (LogFile file = files.open(FILE)) {
            size = file.size();
            file.writeFully(ByteBuffer.wrap(new byte[] {77}), size - 120);
        }
        assertFalse(new LogVerification(files, out).run(DATA));
        String damaged = printed();
        assertTrue(damaged.startsWith("DAMAGE  stream orders, partition 0: no whole frame at position "), damaged);
        assertTrue(damaged.contains("\n        log/1/0/00000000000000000000.log\n"), damaged);
        assertTrue(damaged.endsWith("\n1 damaged: rows that were acknowledged cannot be read\n"), damaged);
    }

    @Test
    void saysThatADirectoryIsNone() {
        ThalwegException none =
                assertThrows(ThalwegException.class, () -> new LogVerification(files, out).run(Path.of("/elsewhere")));
        assertEquals("directory /elsewhere holds no log", none.message());
    }

    @Test
    void dumpsAFileWithItsRowsWhileTheServerRuns() {
        ThalwegServer server = startFilled();
        assertTrue(new FileDump(files, out).run(FILE, true));
        List<String> lines = printed().lines().toList();
        assertEquals(7, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("segment of partition 0 of stream 1 "), lines.get(0));
        assertTrue(lines.get(1).contains(" offset=0 rows=2 kind=columnar_block "), lines.get(1));
        assertEquals("  0: 1 | ann | 2026-01-01 10:00:00.000 | 1.25", lines.get(2));
        assertEquals("  1: 2 | NULL | NULL | 3.00", lines.get(3));
        assertEquals("  2: 3 | bob | 2026-01-01 10:00:01.000 | -4.50", lines.get(5));
        assertTrue(lines.get(6).startsWith("end at position "), lines.get(6));

        assertTrue(new FileDump(files, out).run(DATA.resolve("log/0/0/00000000000000000000.log"), true));
        String catalog = printed();
        assertTrue(catalog.contains("  0: {\"format\":1,\"record\":\"creating\""), catalog);

        assertTrue(new FileDump(files, out).run(FILE, false));
        assertEquals(4, printed().lines().count());
        assertThrows(ThalwegException.class, () -> new FileDump(files, out).run(DATA.resolve("nothing"), false));
        server.close();
    }
}
