package io.thalweg.wire.codec;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.wire.message.RowBlock;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one frame value by value. It trusts nothing: what does not fit into the frame, is out of range or is not UTF-8 is
 * a PROTOCOL_VIOLATION, and no length or count makes it allocate more than a small multiple of the frame's own size.
 */
final class FrameReader {
    private final ByteBuffer frame;

    FrameReader(ByteBuffer frame) {
        this.frame = frame.slice();
    }

    static ThalwegException violation(String message) {
        return new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, message);
    }

    int readByte() {
        need(1);
        return frame.get() & 0xFF;
    }

    boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw violation("truth value " + value + " in a message");
        }
        return value == 1;
    }

    int readInt() {
        need(Integer.BYTES);
        return frame.getInt();
    }

    long readLong() {
        need(Long.BYTES);
        return frame.getLong();
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw violation("number of more than nine bytes in a message");
    }

    int readSmallVarint() {
        long value = readVarint();
        if (value > Integer.MAX_VALUE) {
            throw violation("number " + value + " is out of range in a message");
        }
        return (int) value;
    }

    String readString() {
        int length = readCount(1);
        ByteBuffer slice = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(slice);
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, "text in a message is not UTF-8", e);
        }
    }

    List<String> readStrings() {
        int count = readCount(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readString());
        }
        return texts;
    }

    Map<String, String> readProperties() {
        int count = readCount(2);
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = readString();
            if (properties.put(name, readString()) != null) {
                throw violation("property given twice in a message");
            }
        }
        return properties;
    }

    OptionalLong readOptionalLong() {
        return readBoolean() ? OptionalLong.of(readLong()) : OptionalLong.empty();
    }

    Optional<String> readOptionalString() {
        return readBoolean() ? Optional.of(readString()) : Optional.empty();
    }

    Optional<SourceSpan> readOptionalSpan() {
        if (!readBoolean()) {
            return Optional.empty();
        }
        int startLine = readSmallVarint();
        int startColumn = readSmallVarint();
        int endLine = readSmallVarint();
        int endColumn = readSmallVarint();
        try {
            return Optional.of(new SourceSpan(startLine, startColumn, endLine, endColumn));
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, "place in a text out of order in a message", e);
        }
    }

    SqlType readType() {
        return readType(1);
    }

    private SqlType readType(int depth) {
        if (depth > SqlType.MAX_DEPTH) {
            throw violation("type nested more than " + SqlType.MAX_DEPTH + " levels deep");
        }
        TypeName name = TypeNumbers.ofNumber(readByte());
        int precision = readSmallVarint() + SqlType.UNLIMITED;
        int scale = readSmallVarint();
        boolean nullable = readBoolean();
        try {
            List<Field> components = name.isNested() ? readRowType(depth + 1).fields() : List.of();
            return new SqlType(name, precision, scale, nullable, components);
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, "type that does not exist in a message", e);
        }
    }

    List<SqlType> readTypes() {
        int count = readCount(4);
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(readType());
        }
        return types;
    }

    RowType readRowType() {
        return readRowType(1);
    }

    private RowType readRowType(int depth) {
        int count = readCount(5);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = readString();
            fields.add(new Field(name, readType(depth)));
        }
        return new RowType(fields);
    }

    Optional<RowType> readOptionalRowType() {
        return readBoolean() ? Optional.of(readRowType()) : Optional.empty();
    }

    /** The rest of the frame, as a slice of it where it has an array. */
    RowBlock readBlock() {
        int length = frame.remaining();
        if (frame.hasArray()) {
            int offset = frame.arrayOffset() + frame.position();
            frame.position(frame.limit());
            return new RowBlock(frame.array(), offset, length);
        }
        byte[] copy = new byte[length];
        frame.get(copy);
        return new RowBlock(copy, 0, length);
    }

    /** The enum constant of a number, counted from 0. */
    <E extends Enum<E>> E readEnum(E[] constants) {
        int number = readByte();
        if (number >= constants.length) {
            throw violation("number " + number + " stands for nothing in a message");
        }
        return constants[number];
    }

    /** Checks that the frame ends where its message does. */
    void end() {
        if (frame.hasRemaining()) {
            throw violation(frame.remaining() + " bytes after the end of a message");
        }
    }

    private int readCount(int leastBytesEach) {
        int count = readSmallVarint();
        if (count > frame.remaining() / leastBytesEach) {
            throw violation("length " + count + " beyond the end of a message");
        }
        return count;
    }

    private void need(int count) {
        if (frame.remaining() < count) {
            throw violation("message ends too early");
        }
    }
}
