package io.thalweg.wire.codec;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.message.RowBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Grows one frame value by value; the layout of each value is told at {@link MessageCodec}. */
final class FrameWriter {
    private byte[] bytes;
    private int length;

    FrameWriter(int type, int expectedBody) {
        bytes = new byte[expectedBody + 1];
        bytes[length++] = (byte) type;
    }

    FrameWriter writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    FrameWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    FrameWriter writeInt(int value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    FrameWriter writeLong(long value) {
        return writeInt((int) (value >>> 32)).writeInt((int) value);
    }

    FrameWriter writeVarint(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a negative number where the protocol has none: " + value);
        }
        reserve(10);
        long rest = value;
        while (rest > 0x7F) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    FrameWriter writeString(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(encoded.length);
        return writeBytes(encoded, 0, encoded.length);
    }

    FrameWriter writeStrings(List<String> texts) {
        writeVarint(texts.size());
        texts.forEach(this::writeString);
        return this;
    }

    FrameWriter writeProperties(Map<String, String> properties) {
        writeVarint(properties.size());
        properties.forEach((name, value) -> writeString(name).writeString(value));
        return this;
    }

    FrameWriter writeOptionalLong(OptionalLong value) {
        writeBoolean(value.isPresent());
        value.ifPresent(this::writeLong);
        return this;
    }

    FrameWriter writeOptionalString(Optional<String> text) {
        writeBoolean(text.isPresent());
        text.ifPresent(this::writeString);
        return this;
    }

    FrameWriter writeOptionalSpan(Optional<SourceSpan> span) {
        writeBoolean(span.isPresent());
        span.ifPresent(s -> writeVarint(s.startLine())
                .writeVarint(s.startColumn())
                .writeVarint(s.endLine())
                .writeVarint(s.endColumn()));
        return this;
    }

    FrameWriter writeType(SqlType type) {
        writeByte(TypeNumbers.numberOf(type.name()))
                .writeVarint(type.precision() - (long) SqlType.UNLIMITED)
                .writeVarint(type.scale())
                .writeBoolean(type.nullable());
        return type.name().isNested() ? writeRowType(new RowType(type.components())) : this;
    }

    FrameWriter writeTypes(List<SqlType> types) {
        writeVarint(types.size());
        types.forEach(this::writeType);
        return this;
    }

    FrameWriter writeRowType(RowType type) {
        writeVarint(type.size());
        for (Field field : type.fields()) {
            writeString(field.name()).writeType(field.type());
        }
        return this;
    }

    FrameWriter writeOptionalRowType(Optional<RowType> type) {
        writeBoolean(type.isPresent());
        type.ifPresent(this::writeRowType);
        return this;
    }

    /** The rest of the frame. */
    FrameWriter writeBlock(RowBlock block) {
        return writeBytes(block.bytes(), block.offset(), block.length());
    }

    /** The frame; the writer is used up. Throws VALUE_TOO_LARGE if no reader would take it. */
    ByteBuffer toFrame() {
        if (length > WireLimits.MAX_FRAME_BYTES) {
            throw new ThalwegException(
                    ErrorCode.VALUE_TOO_LARGE,
                    "message of " + length + " bytes, more than the limit of " + WireLimits.MAX_FRAME_BYTES);
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private FrameWriter writeBytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            int needed = Math.addExact(length, count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, bytes.length * 2L)));
        }
    }
}
