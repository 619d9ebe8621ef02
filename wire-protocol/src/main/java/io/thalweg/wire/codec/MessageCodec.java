package io.thalweg.wire.codec;

import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.ServerMessage;
import java.nio.ByteBuffer;

/**
 * Messages to frames and back. A frame is a type byte and a body; whatever follows the last value of the body is an error.
 *
 * <pre>
 * values
 *   int        4 bytes, most significant first          long       8 bytes, likewise
 *   varint     1 to 9 bytes of 7 bits, least first, high bit set on all but the last; never negative
 *   string     varint number of bytes, UTF-8            boolean    1 byte, 0 or 1
 *   list       varint count, the elements               optional   boolean, the value if true
 *   map        varint count, then name and value as strings; no name twice
 *   type       byte number ({@link TypeNumbers}), varint precision + 1, varint scale, boolean nullable,
 *              of ARRAY, MAP and ROW a row type: the components
 *   row type   list of: string name, type
 *   span       four varints: start line, start column, end line, end column
 *   block      the rest of the frame: a batch as {@link io.thalweg.model.delta.BlockCodec} writes it
 *   options    varint max rows, varint fetch rows, varint timeout, varint credit, map properties
 *
 * client messages
 *   'H' Hello            int magic, varint version, string client name, map properties
 *   'p' Prepare          varint statement, string sql
 *   'f' CloseStatement   varint statement
 *   'e' Execute          varint query, string sql, options
 *   'x' ExecutePrepared  varint query, varint statement, options, block parameters
 *   'c' Credit           varint query, varint frames
 *   'k' Cancel           varint query
 *   'q' CloseQuery       varint query
 *   'i' Ping             long number
 *   'g' Goodbye          nothing
 *
 * server messages
 *   'W' Welcome          int magic, varint version, string server version, varint session, map properties
 *   'P' Prepared         varint statement, byte kind, list of types, optional row type
 *   'R' ResultHeader     varint query, row type, boolean endless, boolean changelog
 *   'D' Rows             varint query, block
 *   'S' Progress         varint query, varint step, optional long watermark, string resume token
 *   'C' Completed        varint query, varint update count + 1, string info, list of string warnings
 *   'F' Failed           byte subject, varint id, varint code, string SQLSTATE, string message, optional span,
 *                        optional string hint
 *   'O' Pong             long number
 *   'B' Heartbeat        nothing
 * </pre>
 *
 * <p>Thread-safe: there is no state. A frame that is not laid out like this is a
 * {@link io.thalweg.model.error.ThalwegException} with PROTOCOL_VIOLATION, whatever its bytes are. The block of a decoded
 * message is a slice of the frame, and checked only when it is decoded itself.
 */
public final class MessageCodec {
    private MessageCodec() {}

    /** The frame of a message; throws VALUE_TOO_LARGE if it is above the limit. */
    public static ByteBuffer encode(ClientMessage message) {
        return message.accept(ClientMessageEncoder.INSTANCE);
    }

    /** The frame of a message; throws VALUE_TOO_LARGE if it is above the limit. */
    public static ByteBuffer encode(ServerMessage message) {
        return message.accept(ServerMessageEncoder.INSTANCE);
    }

    /** The message in the remaining bytes of a frame that a client sent. */
    public static ClientMessage decodeClientMessage(ByteBuffer frame) {
        FrameReader reader = new FrameReader(frame);
        ClientMessage message = ClientMessageDecoder.decode(reader);
        reader.end();
        return message;
    }

    /** The message in the remaining bytes of a frame that a server sent. */
    public static ServerMessage decodeServerMessage(ByteBuffer frame) {
        FrameReader reader = new FrameReader(frame);
        ServerMessage message = ServerMessageDecoder.decode(reader);
        reader.end();
        return message;
    }
}
