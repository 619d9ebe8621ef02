package io.thalweg.wire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Prepare;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    @Test
    void everyClientMessageComesBackAsItWasSent() {
        for (ClientMessage message : SampleMessages.client()) {
            assertEquals(message, MessageCodec.decodeClientMessage(MessageCodec.encode(message)));
        }
        assertEquals(Set.of(ClientMessage.class.getPermittedSubclasses()), classes(SampleMessages.client()));
    }

    @Test
    void everyServerMessageComesBackAsItWasSent() {
        for (ServerMessage message : SampleMessages.server()) {
            assertEquals(message, MessageCodec.decodeServerMessage(MessageCodec.encode(message)));
        }
        assertEquals(Set.of(ServerMessage.class.getPermittedSubclasses()), classes(SampleMessages.server()));
    }

    private static Set<Class<?>> classes(List<?> messages) {
        return messages.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    /** The layout that other versions rely on. */
    @Test
    void bytesAreAsDocumented() {
        ByteBuffer frame =
                MessageCodec.encode(new Execute(300, "SELECT 1", new ExecuteOptions(2, 0, 0, 8, java.util.Map.of())));
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        assertEquals("65ac020853454c4543542031" + "0200000800", HexFormat.of().formatHex(bytes));
    }

    @Test
    void everyTypeHasANumber() {
        for (TypeName name : TypeName.values()) {
            assertEquals(name, TypeNumbers.ofNumber(TypeNumbers.numberOf(name)));
        }
    }

    @Test
    void typesKeepTheirParameters() {
        List<SqlType> types = List.of(
                SqlType.decimal(38, 38),
                SqlType.varchar(1),
                SqlType.VARCHAR,
                SqlType.timestampLtz(0).notNull());
        for (SqlType type : types) {
            FrameReader reader =
                    new FrameReader(new FrameWriter('x', 8).writeType(type).toFrame());
            reader.readByte();
            assertEquals(type, reader.readType());
            reader.end();
        }
    }

    @Test
    void rowsAreASliceOfTheFrameThatBroughtThem() {
        ByteBuffer frame = MessageCodec.encode(new Rows(1, RowBlock.of(SampleMessages.rows())));
        RowBlock block = ((Rows) MessageCodec.decodeServerMessage(frame)).rows();
        assertTrue(block.bytes() == frame.array());
        DeltaBatch batch = block.decode();
        assertEquals("SWR6", batch.bytesColumn(0).text(6));
        assertTrue(batch.column(1).isNull(6));
        assertEquals(7_000_000L, batch.longColumn(3).value(7));
        assertEquals(2, batch.weight(7));
    }

    @Test
    void framesInAnyByteOrderAndWithoutArrayAreRead() {
        ByteBuffer frame = MessageCodec.encode(new Rows(1, RowBlock.of(SampleMessages.rows())));
        ByteBuffer direct = ByteBuffer.allocateDirect(frame.remaining() + 3);
        direct.position(3);
        direct.put(frame.duplicate()).position(3).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertEquals(MessageCodec.decodeServerMessage(frame), MessageCodec.decodeServerMessage(direct));
    }

    @Test
    void bytesAfterTheEndAreAnError() {
        ByteBuffer frame = MessageCodec.encode(new Prepare(1, "SELECT 1"));
        ByteBuffer longer =
                ByteBuffer.allocate(frame.remaining() + 1).put(frame).rewind();
        assertViolation("1 bytes after the end of a message", longer);
    }

    @Test
    void textThatIsNotUtf8IsAnError() {
        assertViolation("text in a message is not UTF-8", ByteBuffer.wrap(new byte[] {'p', 1, 2, (byte) 0xC3, 0x28}));
    }

    @Test
    void messagesOfTheOtherSideAreAnError() {
        assertViolation("a client does not send messages of type 87", ByteBuffer.wrap(new byte[] {'W'}));
        assertViolation("message ends too early", ByteBuffer.allocate(0));
    }

    @Test
    void anotherProtocolIsToldApart() {
        assertViolation(
                "the client does not speak this protocol",
                ByteBuffer.wrap("HTTP/1.1 200".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void messageAboveTheLimitIsNotSent() {
        String sql = " ".repeat(WireLimits.MAX_FRAME_BYTES);
        ThalwegException error = assertThrows(ThalwegException.class, () -> MessageCodec.encode(new Prepare(1, sql)));
        assertEquals(ErrorCode.VALUE_TOO_LARGE, error.code());
    }

    @Test
    void passwordIsNotShown() {
        assertFalse(SampleMessages.client().get(0).toString().contains("geheim"));
    }

    private static void assertViolation(String message, ByteBuffer frame) {
        ThalwegException error = assertThrows(ThalwegException.class, () -> MessageCodec.decodeClientMessage(frame));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, error.code());
        assertEquals(message, error.message());
    }
}
