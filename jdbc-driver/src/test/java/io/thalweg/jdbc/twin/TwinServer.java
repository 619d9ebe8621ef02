package io.thalweg.jdbc.twin;

import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.FrameCodec;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.message.ServerMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A twin behind a port of the loopback address. */
public final class TwinServer implements AutoCloseable {
    private final ServerSocket listener;
    private final TwinScripts scripts = new TwinScripts();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private TwinServer(ServerSocket listener) {
        this.listener = listener;
    }

    public static TwinServer start() throws IOException {
        TwinServer server = new TwinServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(server::accept, "twin-accept");
        return server;
    }

    public TwinScripts scripts() {
        return scripts;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "jdbc:thalweg://127.0.0.1:" + port() + "/";
    }

    /** Ends all connections without a word. */
    public void dropConnections() {
        for (Socket connection : connections) {
            close(connection);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropConnections();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                connections.add(socket);
                daemon(() -> serve(socket), "twin-connection");
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            TwinSession session = new TwinSession(scripts, message -> send(out, message));
            Optional<ByteBuffer> frame = FrameCodec.read(in, WireLimits.MAX_FRAME_BYTES);
            while (frame.isPresent() && session.onFrame(frame.get())) {
                frame = FrameCodec.read(in, WireLimits.MAX_FRAME_BYTES);
            }
        } catch (IOException | UncheckedIOException e) {
            // The client has gone, or the test has ended.
        }
    }

    private static void send(OutputStream out, ServerMessage message) {
        try {
            synchronized (out) {
                FrameCodec.write(out, MessageCodec.encode(message));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }
}
