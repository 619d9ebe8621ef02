package io.thalweg.server.door.nativewire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a connection what happens to its socket besides frames: silence, slowness, failure and the end. */
final class ChannelEvents extends ChannelInboundHandlerAdapter {
    private final NativeConnection connection;
    private final ChannelFrameLink link;
    private final ConnectionSlots.Slot slot;
    private final long handshakeMillis;
    private @Nullable Throwable cause;

    ChannelEvents(NativeConnection connection, ChannelFrameLink link, ConnectionSlots.Slot slot, long handshakeMillis) {
        this.connection = connection;
        this.link = link;
        this.slot = slot;
        this.handshakeMillis = handshakeMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.executor().schedule(this::requireHello, handshakeMillis, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    private void requireHello() {
        if (!connection.isOpen()) {
            connection.fail(new ThalwegException(
                    ErrorCode.PROTOCOL_VIOLATION, "no hello within " + handshakeMillis + " ms after connecting"));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (connection.isOpen()) {
            slot.greeted();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Whoever does not read its answers is not listened to either; so the answers that wait have a bound.
        context.channel().config().setAutoRead(context.channel().isWritable());
        link.writabilityChanged();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            // One who does not read what was sent before would only collect heartbeats, without end.
            if (context.channel().isWritable()) {
                connection.heartbeat();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        cause = failure;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        slot.close();
        link.writabilityChanged();
        connection.onClose(cause);
        context.fireChannelInactive();
    }
}
