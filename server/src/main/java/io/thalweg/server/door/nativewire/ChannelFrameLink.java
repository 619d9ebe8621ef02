package io.thalweg.server.door.nativewire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.codec.FrameCodec;
import io.thalweg.wire.link.FrameLink;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The way to a client over a socket. A thread of the server that sends faster than the socket takes waits; the event loop
 * never does, but then reads nothing more from this client until it has caught up.
 */
final class ChannelFrameLink implements FrameLink {
    /** How long a client has to read the last words before the socket is closed under it. */
    private static final int LINGER_MILLIS = 1_000;

    private final Channel channel;

    ChannelFrameLink(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void send(ByteBuffer frame) {
        if (!channel.eventLoop().inEventLoop()) {
            awaitWritable();
        }
        if (!channel.isActive()) {
            throw new ThalwegException(ErrorCode.CONNECTION_LOST, "the client is gone");
        }
        ByteBuf length = channel.alloc().buffer(FrameCodec.LENGTH_BYTES).writeInt(frame.remaining());
        ByteBuf whole = Unpooled.wrappedBuffer(length, Unpooled.wrappedBuffer(frame));
        channel.writeAndFlush(whole, channel.voidPromise());
    }

    private synchronized void awaitWritable() {
        while (!channel.isWritable() && channel.isActive()) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ThalwegException(
                        ErrorCode.CONNECTION_LOST, "interrupted while the client was not reading", interrupted);
            }
        }
    }

    /** Wakes those who wait for the socket; called when it takes bytes again and when it is closed. */
    synchronized void writabilityChanged() {
        notifyAll();
    }

    /**
     * Closes after what was sent has gone out. The output is shut down first and the rest a moment later, since closing
     * with unread input makes the system drop the last words.
     */
    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (channel instanceof SocketChannel socket) {
                socket.shutdownOutput();
            }
        });
        channel.eventLoop()
                .schedule(
                        () -> {
                            channel.close();
                        },
                        LINGER_MILLIS,
                        TimeUnit.MILLISECONDS);
    }
}
