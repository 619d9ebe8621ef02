package io.thalweg.jdbc.client;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.FrameCodec;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import io.thalweg.wire.message.Ping;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A link over a TCP socket. One daemon thread reads and calls the receiver; whoever sends writes to the socket, one at a
 * time. A server that is silent for two heartbeats is sent a ping, and taken for gone if it is silent for two more.
 */
final class SocketLink implements FrameLink {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int SILENCE_MILLIS = (int) (2 * WireLimits.HEARTBEAT_MILLIS);

    private final Socket socket;
    private final String peer;
    private final OutputStream out;
    private final FrameReceiver receiver;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SocketLink(Socket socket, String peer, FrameReceiver receiver) throws IOException {
        this.socket = socket;
        this.peer = peer;
        this.receiver = receiver;
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    /** Connects and starts to read. */
    static SocketLink open(Endpoint.Server server, Deadline deadline, FrameReceiver receiver) {
        String peer = server.host() + ":" + server.port();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(server.host(), server.port()), (int)
                    Math.min(Math.max(1, deadline.remainingMillis()), Integer.MAX_VALUE));
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            SocketLink link = new SocketLink(socket, peer, receiver);
            Thread reader = new Thread(link::readAll, "thalweg-jdbc-reader-" + peer);
            reader.setDaemon(true);
            reader.start();
            return link;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new ThalwegException(
                            ErrorCode.CONNECTION_FAILED, "no connection to server " + peer + ": " + reason(e), e)
                    .withHint("Check that the server runs and listens on this address and port.");
        }
    }

    @Override
    public void send(ByteBuffer frame) {
        try {
            // Guards the stream: frames of several threads must not mix.
            synchronized (out) {
                FrameCodec.write(out, frame);
                out.flush();
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeQuietly(socket);
        }
    }

    private void readAll() {
        ThalwegException cause = null;
        try (InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES)) {
            Optional<ByteBuffer> frame = FrameCodec.read(in, WireLimits.MAX_HANDSHAKE_FRAME_BYTES);
            while (frame.isPresent()) {
                receiver.onFrame(frame.get());
                awaitFrame(in);
                frame = FrameCodec.read(in, WireLimits.MAX_FRAME_BYTES);
            }
        } catch (ThalwegException e) {
            cause = e;
        } catch (SocketTimeoutException e) {
            cause = new ThalwegException(
                    ErrorCode.CONNECTION_LOST,
                    "server " + peer + " has been silent for " + SILENCE_MILLIS / 1_000 + " seconds",
                    e);
        } catch (IOException e) {
            cause = lost(e);
        }
        boolean byUs = closed.getAndSet(true);
        closeQuietly(socket);
        receiver.onClose(byUs ? null : cause);
    }

    /** Waits until there is a byte or the end to be read. */
    private void awaitFrame(InputStream in) throws IOException {
        in.mark(1);
        int next;
        try {
            next = in.read();
        } catch (SocketTimeoutException e) {
            send(MessageCodec.encode(new Ping(0)));
            next = in.read();
        }
        if (next >= 0) {
            in.reset();
        }
    }

    private ThalwegException lost(IOException e) {
        return closed.get()
                ? new ThalwegException(ErrorCode.CONNECTION_CLOSED, "connection is closed", e)
                : new ThalwegException(
                        ErrorCode.CONNECTION_LOST, "connection to server " + peer + " was lost: " + reason(e), e);
    }

    private static String reason(IOException e) {
        @Nullable String message = e.getMessage();
        return message == null ? "no reason was given" : message;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The socket is given up either way, and there is nobody to tell.
        }
    }
}
