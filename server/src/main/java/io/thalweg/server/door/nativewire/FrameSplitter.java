package io.thalweg.server.door.nativewire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.codec.FrameCodec;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts the bytes of a socket into frames for its connection. Memory is taken as bytes come, never because a length field
 * says so. After a length that is no length the rest of the bytes is thrown away: nothing tells where a frame begins.
 */
final class FrameSplitter extends ByteToMessageDecoder {
    private final NativeConnection connection;
    private boolean lost;

    FrameSplitter(NativeConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (lost) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < FrameCodec.LENGTH_BYTES) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        try {
            FrameCodec.checkLength(length, connection.frameLimit());
        } catch (ThalwegException failure) {
            lost = true;
            connection.fail(failure);
            return;
        }
        if (in.readableBytes() >= FrameCodec.LENGTH_BYTES + length) {
            byte[] frame = new byte[length];
            in.skipBytes(FrameCodec.LENGTH_BYTES).readBytes(frame);
            // Not through the list: the limit of the next frame depends on what this one does.
            connection.onFrame(ByteBuffer.wrap(frame));
        }
    }
}
