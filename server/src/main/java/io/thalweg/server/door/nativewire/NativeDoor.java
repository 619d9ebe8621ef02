package io.thalweg.server.door.nativewire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.door.FrontDoor;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.WireError;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Listens for clients of the native protocol, one channel and one {@link NativeConnection} each. */
public final class NativeDoor implements FrontDoor {
    private static final int MAX_WITHOUT_HELLO = 100;
    private static final int QUIET_MILLIS = 0;
    private static final int CLOSE_MILLIS = 2_000;
    /** A thread that sends waits while more than the second number of bytes is on its way, until it is the first. */
    private static final WriteBufferWaterMark ON_ITS_WAY = new WriteBufferWaterMark(512 << 10, 2 << 20);

    private final EventLoopGroup acceptors;
    private final EventLoopGroup workers;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<Channel, NativeConnection> connections = new ConcurrentHashMap<>();
    private final List<Channel> listening = new ArrayList<>();
    private final ConnectionServices services;
    private final ConnectionSlots slots;
    private final long handshakeMillis;

    /**
     * Where and how the door listens.
     *
     * @param hosts addresses of this machine
     * @param port 0 for any free one, the same for all addresses
     * @param handshakeMillis how long a client has until it must have said hello
     */
    public record Settings(List<String> hosts, int port, int maxConnections, long handshakeMillis) {
        public Settings {
            hosts = List.copyOf(hosts);
        }
    }

    private NativeDoor(ConnectionServices services, Settings settings) {
        this.services = services;
        this.slots = new ConnectionSlots(settings.maxConnections(), MAX_WITHOUT_HELLO);
        this.handshakeMillis = settings.handshakeMillis();
        this.acceptors = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("thalweg-accept", true), NioIoHandler.newFactory());
        this.workers = new MultiThreadIoEventLoopGroup(
                0, new DefaultThreadFactory("thalweg-network", true), NioIoHandler.newFactory());
    }

    /** Opens the door; throws CONNECTION_FAILED if an address cannot be listened on. */
    public static NativeDoor open(ConnectionServices services, Settings settings) {
        NativeDoor door = new NativeDoor(services, settings);
        boolean opened = false;
        try {
            int port = settings.port();
            for (String host : settings.hosts()) {
                port = door.listen(new InetSocketAddress(host, port)).getPort();
            }
            opened = true;
            return door;
        } finally {
            if (!opened) {
                door.close();
            }
        }
    }

    private InetSocketAddress listen(InetSocketAddress address) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptors, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ON_ITS_WAY)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel);
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ThalwegException(
                            ErrorCode.CONNECTION_FAILED,
                            "port " + address.getPort() + " on " + address.getHostString() + " cannot be listened on",
                            bound.cause())
                    .withHint(
                            "Is another server running? Choose another port with --port, or any free one with --port 0.");
        }
        listening.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void admit(SocketChannel channel) {
        ChannelFrameLink link = new ChannelFrameLink(channel);
        Optional<ConnectionSlots.Slot> slot = slots.take();
        if (slot.isEmpty()) {
            ThalwegException full = new ThalwegException(
                    ErrorCode.TOO_MANY_CONNECTIONS, "the server has as many connections as it takes");
            link.send(MessageCodec.encode(new Failed(Failed.Subject.CONNECTION, 0, WireError.of(full))));
            link.close();
            return;
        }
        NativeConnection connection = new NativeConnection(services, link);
        channels.add(channel);
        connections.put(channel, connection);
        channel.closeFuture().addListener(closed -> connections.remove(channel));
        channel.pipeline()
                .addLast(new IdleStateHandler(0, WireLimits.HEARTBEAT_MILLIS, 0, TimeUnit.MILLISECONDS))
                .addLast(new FrameSplitter(connection))
                .addLast(new ChannelEvents(connection, link, slot.get(), handshakeMillis));
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return listening.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly(CLOSE_MILLIS));
        ThalwegException reason = new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the server is shutting down");
        // On the channels' own threads, which never wait: one client that does not read must not hold up the rest.
        connections.forEach((channel, connection) -> channel.eventLoop().execute(() -> connection.fail(reason)));
        channels.newCloseFuture().awaitUninterruptibly(CLOSE_MILLIS);
        acceptors.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        workers.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS);
    }
}
