package io.thalweg.server.door.nativewire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.ThalwegServer;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.FrameCodec;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Prepare;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the door does with clients that misbehave, over real sockets. */
@Timeout(120)
class NativeDoorTest {
    private static final int HANDSHAKE_MILLIS = 500;

    private final ThalwegServer server = ThalwegServer.inMemory(ServerConfig.of(Map.of()), new SystemClock());
    private final NativeDoor door = open(0, 5);

    private NativeDoor open(int port, int maxConnections) {
        return NativeDoor.open(
                server.connections(),
                new NativeDoor.Settings(List.of("127.0.0.1"), port, maxConnections, HANDSHAKE_MILLIS));
    }

    @AfterEach
    void close() {
        door.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.connect(door.addresses().get(0));
        return socket;
    }

    private static byte[] bytes(ClientMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameCodec.write(bytes, MessageCodec.encode(message));
        return bytes.toByteArray();
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private Socket greeted() throws IOException {
        Socket socket = connect();
        send(socket, bytes(new Hello(WireLimits.VERSION, "test", Map.of())));
        assertTrue(hear(socket).startsWith("Welcome["));
        return socket;
    }

    /** The next message, or "end" if there is none. */
    private static String hear(Socket socket) throws IOException {
        Optional<ByteBuffer> frame = FrameCodec.read(socket.getInputStream(), WireLimits.MAX_FRAME_BYTES);
        return frame.map(MessageCodec::decodeServerMessage).map(String::valueOf).orElse("end");
    }

    private static void assertRefused(Socket socket, String reason) throws IOException {
        String failure = hear(socket);
        assertTrue(failure.startsWith("Failed[subject=CONNECTION") && failure.contains(reason), failure);
        assertEquals("end", hear(socket));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("waited too long until " + what);
    }

    @Test
    void answersPingsWhileStatementsRun() throws IOException {
        try (Socket socket = greeted()) {
            send(socket, bytes(new Ping(42)));
            assertEquals("Pong[number=42]", hear(socket));
        }
    }

    @Test
    void refusesAnythingBeforeAHello() throws IOException {
        try (Socket socket = connect()) {
            send(socket, bytes(new Ping(1)));
            assertRefused(socket, "the first message of a connection must be a hello");
        }
    }

    @Test
    void refusesOtherProtocols() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertRefused(socket, "frame of 1195725856 bytes, where 1 to 65536 are allowed");
        }
    }

    @Test
    void refusesLongFramesBeforeTheHelloOnly() throws IOException {
        byte[] length = ByteBuffer.allocate(4)
                .putInt(WireLimits.MAX_HANDSHAKE_FRAME_BYTES + 1)
                .array();
        try (Socket socket = connect()) {
            send(socket, length);
            assertRefused(socket, "frame of 65537 bytes");
        }
        try (Socket socket = greeted()) {
            String sql = "SELECT 1 /*" + "x".repeat(WireLimits.MAX_HANDSHAKE_FRAME_BYTES) + "*/";
            send(socket, bytes(new Execute(1, sql, ExecuteOptions.DEFAULT)));
            assertTrue(hear(socket).startsWith("ResultHeader["));
        }
    }

    @Test
    void refusesASecondHelloAndAnIdInUse() throws IOException {
        try (Socket socket = greeted()) {
            send(socket, bytes(new Hello(1, "again", Map.of())));
            assertRefused(socket, "a second hello on one connection");
        }
    }

    @Test
    void hangsUpOnThoseWhoSayNothingOrHalfAHello() throws IOException {
        try (Socket silent = connect();
                Socket half = connect()) {
            byte[] hello = bytes(new Hello(1, "half", Map.of()));
            send(half, Arrays.copyOf(hello, hello.length - 1));
            assertRefused(silent, "no hello within 500 ms");
            assertRefused(half, "no hello within 500 ms");
        }
    }

    @Test
    void survivesGarbage() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] garbage = new byte[9 + random.nextInt(300)];
            random.nextBytes(garbage);
            if (random.nextBoolean()) {
                // A believable length in front, so that the message itself is looked at.
                ByteBuffer.wrap(garbage).putInt(garbage.length - 4);
            }
            try (Socket socket = random.nextBoolean() ? connect() : greeted()) {
                send(socket, garbage);
                socket.shutdownOutput();
                while (!hear(socket).equals("end")) {
                    // Whatever it says, it ends.
                }
            } catch (IOException reset) {
                assertTrue(reset.getMessage() != null, "seed " + seed);
            }
        }
        answersPingsWhileStatementsRun();
    }

    @Test
    void aVanishedClientTakesItsQueriesAlong() throws Exception {
        try (Socket socket = greeted()) {
            send(socket, bytes(new Execute(1, "CREATE STREAM s (a INT)", ExecuteOptions.DEFAULT)));
            assertTrue(hear(socket).startsWith("Completed["));
            send(socket, bytes(new Execute(2, "SELECT * FROM s EMIT CHANGES", ExecuteOptions.DEFAULT)));
            assertTrue(hear(socket).startsWith("ResultHeader["));
            assertEquals(1, server.connections().queries().queries().size());
            socket.setSoLinger(true, 0);
        }
        await(
                "the query is gone",
                () -> server.connections().queries().queries().isEmpty());
        await(
                "the session is gone",
                () -> server.connections().sessions().clients().isEmpty());
    }

    @Test
    void letsNoMoreInThanItHasPlacesFor() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sockets.add(greeted());
            }
            try (Socket tooMany = connect()) {
                assertRefused(tooMany, "the server has as many connections as it takes");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await("a place is free again", () -> {
            try (Socket socket = connect()) {
                send(socket, bytes(new Hello(1, "test", Map.of())));
                return hear(socket).startsWith("Welcome[");
            } catch (IOException refused) {
                return false;
            }
        });
    }

    /** The client takes any number of frames, reads none of them, and its query waits for the socket. */
    @Test
    void aClientThatReadsNothingDoesNotHoldUpTheClose() throws Exception {
        try (Socket socket = greeted()) {
            send(socket, bytes(new Execute(1, "CREATE STREAM s (a BIGINT, b VARCHAR)", ExecuteOptions.DEFAULT)));
            hear(socket);
            String many = "INSERT INTO s SELECT a.jdbc_type, "
                    + " REPEAT(a.table_name || a.column_name || b.table_name || b.column_name, 80)"
                    + " FROM information_schema.columns AS a"
                    + " CROSS JOIN information_schema.columns AS b";
            send(socket, bytes(new Execute(2, many, ExecuteOptions.DEFAULT)));
            String inserted = hear(socket);
            assertTrue(inserted.startsWith("Completed["), inserted);
            ExecuteOptions endlessCredit = new ExecuteOptions(0, 0, 0, Integer.MAX_VALUE, Map.of());
            send(socket, bytes(new Execute(3, "SELECT * FROM s EMIT CHANGES", endlessCredit)));
            await("the query is stuck", () -> isStuck("thalweg-query"));
            long begun = System.nanoTime();
            door.close();
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            assertTrue(seconds < 10, "closing took " + seconds + " s");
            await(
                    "the query is gone",
                    () -> server.connections().queries().queries().isEmpty());
        }
    }

    private static boolean isStuck(String threadName) {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(entry -> entry.getKey().getName().equals(threadName)
                        && Arrays.stream(entry.getValue())
                                .anyMatch(frame -> frame.getMethodName().equals("awaitWritable")));
    }

    @Test
    void preparedStatementsOfOneConnectionHaveABound() throws IOException {
        try (Socket socket = greeted()) {
            String longText = " /*" + "x".repeat(900_000) + "*/";
            for (int i = 0; i < 4; i++) {
                send(socket, bytes(new Prepare(i, "SELECT " + i + longText)));
                String answer = hear(socket);
                assertTrue(answer.startsWith("Prepared["), answer);
            }
            send(socket, bytes(new Prepare(4, "SELECT 4" + longText)));
            String refused = hear(socket);
            assertTrue(refused.contains("the connection has 4 prepared statements of"), refused);
            send(socket, bytes(new CloseStatement(0)));
            send(socket, bytes(new Prepare(4, "SELECT 4" + longText)));
            assertTrue(hear(socket).startsWith("Prepared["));
        }
    }

    @Test
    void saysWhenThePortIsTaken() {
        int port = door.addresses().get(0).getPort();
        ThalwegException failure = assertThrows(ThalwegException.class, () -> open(port, 1));
        assertEquals(ErrorCode.CONNECTION_FAILED, failure.code());
        assertEquals("port " + port + " on 127.0.0.1 cannot be listened on", failure.message());
    }

    @Test
    void tellsClientsThatItCloses() throws IOException {
        try (Socket socket = greeted()) {
            door.close();
            assertRefused(socket, "the server is shutting down");
        }
    }
}
