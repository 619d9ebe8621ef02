package io.thalweg.tests.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.FrameCodec;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes a client sends: the server ends that connection, and serves the others. */
class WireAbuseTest {
    private static final int MUTATIONS = Integer.getInteger("thalweg.abuse.frames", 400);
    /** The server has 10 s for a handshake and a heartbeat every 10 s; a wait beyond that is a hang. */
    private static final int PATIENCE_MILLIS = 15_000;

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(directory, "-Xmx256m");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (id BIGINT, t VARCHAR)");
            statement.execute("INSERT INTO s VALUES (1, 'one')");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void assertServes(String after) throws Exception {
        assertTrue(server.isAlive(), "the server has ended after " + after + "\n" + server.output());
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) >= 1 FROM s")) {
            assertEquals(List.of("true"), ResultText.all(result), after);
        }
        assertTrue(!server.output().contains("OutOfMemoryError"), server.output());
    }

    private static byte[] frame(ClientMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            FrameCodec.write(bytes, MessageCodec.encode(message));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static byte[] hello() {
        return frame(new Hello(WireLimits.VERSION, "abuse", Map.of()));
    }

    private static byte[] execute(String sql) {
        return frame(new Execute(1, sql, new ExecuteOptions(0, 0, 0, 8, Map.of())));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] length(int length, int type) {
        return ByteBuffer.allocate(5).putInt(length).put((byte) type).array();
    }

    /** Sends bytes, perhaps says that there are no more, and reads until the server ends the connection. */
    private static void exchange(String what, byte[] bytes, boolean halfClose) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            if (halfClose) {
                socket.shutdownOutput();
            }
            byte[] answer = new byte[8_192];
            while (socket.getInputStream().read(answer) >= 0) {
                assertTrue(System.nanoTime() < deadline, "the server goes on after " + what);
            }
        } catch (SocketTimeoutException silence) {
            throw new AssertionError("the server neither answers nor ends the connection after " + what, silence);
        } catch (SocketException reset) {
            // That is an end of the connection, too.
            assertTrue(server.isAlive(), () -> what + ": " + reset.getMessage());
        }
    }

    @Test
    void garbageBeforeTheHandshakeEndsTheConnection() throws Exception {
        Random random = new Random(Seeds.of("WireAbuseTest"));
        byte[] noise = new byte[10_000];
        random.nextBytes(noise);
        List<byte[]> openings = List.of(
                noise,
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01},
                length(-1, 'H'),
                length(0, 'H'),
                length(Integer.MAX_VALUE, 'H'),
                length(Integer.MIN_VALUE, 'H'),
                length(WireLimits.MAX_HANDSHAKE_FRAME_BYTES + 1, 'H'),
                length(1, 'H'),
                frame(new Ping(1)),
                execute("SELECT 1"),
                frame(new Hello(WireLimits.VERSION, "abuse", Map.of("nothing", "x"))),
                join(hello(), hello()));
        for (int i = 0; i < openings.size(); i++) {
            exchange("opening " + i, openings.get(i), false);
            assertServes("opening " + i);
        }
    }

    @Test
    void lengthsAreCheckedAfterTheHandshake() throws Exception {
        for (int length : new int[] {-1, 0, WireLimits.MAX_FRAME_BYTES + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            exchange("length " + length, join(hello(), length(length, 'e')), false);
            assertServes("length " + length);
        }
    }

    /** Every message of the protocol, cut off at each of its bytes. */
    @Test
    void halfFramesEndTheConnection() throws Exception {
        byte[] whole = join(hello(), execute("SELECT * FROM s"));
        for (int length = 1; length < whole.length; length += 3) {
            byte[] part = Arrays.copyOf(whole, length);
            exchange(length + " bytes", part, true);
        }
        assertServes("half frames");
    }

    @Test
    void damagedFramesDoNotHarmOthers() throws Exception {
        Random random = new Random(Seeds.of("WireAbuseTest"));
        byte[] whole = join(
                execute("SELECT * FROM s EMIT CHANGES"),
                execute("INSERT INTO s VALUES (2, 'two')"),
                frame(new Ping(7)));
        int helloLength = hello().length;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = join(hello(), whole);
            int damages = 1 + random.nextInt(4);
            for (int j = 0; j < damages; j++) {
                bytes[helloLength + random.nextInt(whole.length)] = (byte) random.nextInt(256);
            }
            exchange("damage " + i, bytes, true);
        }
        assertServes(MUTATIONS + " damaged frames");
    }

    /** A client that sends one byte and waits is not waited for for ever. */
    @Test
    void aSilentClientIsSentAwayBeforeItHasSaidHello() throws Exception {
        long start = System.nanoTime();
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(0);
            silent.add(socket);
        }
        assertServes("50 silent clients");
        for (Socket socket : silent) {
            try (socket;
                    InputStream in = socket.getInputStream()) {
                in.readAllBytes();
            } catch (SocketException reset) {
                assertTrue(socket.isClosed(), reset.getMessage());
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertTrue(seconds < 25, seconds + " s");
    }

    /** Clients that vanish while a query runs or an insert is on its way leave nothing behind. */
    @Test
    void clientsMayVanish() throws Exception {
        byte[] rows = execute("INSERT INTO s VALUES (3, '" + "x".repeat(100_000) + "')");
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                byte[] message = i % 2 == 0 ? execute("SELECT * FROM s EMIT CHANGES") : rows;
                socket.getOutputStream()
                        .write(join(hello(), message), 0, hello().length + message.length / (1 + i % 3));
                socket.getOutputStream().flush();
                if (i % 5 == 0) {
                    socket.getInputStream().read();
                }
                if (i % 7 == 0) {
                    socket.setSoLinger(true, 0);
                }
            }
        }
        assertServes("100 clients that vanished");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            List<String> left = List.of("not looked yet");
            for (int i = 0; i < 500 && !left.isEmpty(); i++) {
                Thread.sleep(10);
                try (ResultSet result =
                        statement.executeQuery("SELECT statement FROM sys.queries WHERE statement LIKE '%EMIT CHANGES%'"
                                + " AND statement NOT LIKE '%sys.queries%'")) {
                    left = ResultText.all(result);
                }
            }
            assertEquals(List.of(), left);
        }
    }
}
