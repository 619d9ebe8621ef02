package io.thalweg.log.offsets;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionId;
import io.thalweg.log.RowKeys;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of committed offsets: a payload is a sequence of rows. All numbers are big-endian.
 *
 * <pre>
 *   short  version of the row, 1
 *   int    length of the key; key:
 *            long stream id, int partition, the group's name in UTF-8
 *   byte   1 when there is a value, 0 when the offset is forgotten; value:
 *            long offset, int leader epoch, long microseconds since 1970 when it expires,
 *            int length of the metadata, the metadata in UTF-8
 * </pre>
 */
final class OffsetRows {
    private static final short VERSION = 1;
    private static final int PLACE_BYTES = 12;

    /** Tells the log which rows are about the same offset. */
    static final RowKeys KEYS = OffsetRows::visitKeys;

    private OffsetRows() {}

    /** A row; no value says that the offset is forgotten. */
    record Row(OffsetKey key, Optional<CommittedOffset> value) {}

    static ByteBuffer encode(List<Row> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            for (Row row : rows) {
                encode(row, output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void encode(Row row, DataOutputStream output) throws IOException {
        byte[] group = row.key().group().getBytes(StandardCharsets.UTF_8);
        output.writeShort(VERSION);
        output.writeInt(PLACE_BYTES + group.length);
        output.writeLong(row.key().partition().streamId());
        output.writeInt(row.key().partition().partition());
        output.write(group);
        output.writeBoolean(row.value().isPresent());
        if (row.value().isPresent()) {
            CommittedOffset value = row.value().get();
            byte[] metadata = value.metadata().getBytes(StandardCharsets.UTF_8);
            output.writeLong(value.offset());
            output.writeInt(value.leaderEpoch());
            output.writeLong(value.expiresAtMicros());
            output.writeInt(metadata.length);
            output.write(metadata);
        }
    }

    static List<Row> decode(ByteBuffer payload) {
        ByteBuffer bytes = payload.duplicate();
        List<Row> rows = new ArrayList<>();
        while (bytes.hasRemaining()) {
            requireKnownVersion(bytes.getShort());
            int keyBytes = bytes.getInt();
            PartitionId partition = new PartitionId(bytes.getLong(), bytes.getInt());
            OffsetKey key = new OffsetKey(text(bytes, keyBytes - PLACE_BYTES), partition);
            rows.add(new Row(key, value(bytes)));
        }
        return rows;
    }

    private static Optional<CommittedOffset> value(ByteBuffer bytes) {
        if (bytes.get() == 0) {
            return Optional.empty();
        }
        long offset = bytes.getLong();
        int leaderEpoch = bytes.getInt();
        long expiresAt = bytes.getLong();
        return Optional.of(new CommittedOffset(offset, leaderEpoch, text(bytes, bytes.getInt()), expiresAt));
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void visitKeys(LogCursor frame, RowKeys.Visitor visitor) {
        ByteBuffer bytes = frame.payload();
        for (int index = 0; bytes.hasRemaining(); index++) {
            requireKnownVersion(bytes.getShort());
            byte[] key = new byte[bytes.getInt()];
            bytes.get(key);
            visitor.row(index, key, value(bytes).isEmpty());
        }
    }

    private static void requireKnownVersion(short version) {
        if (version != VERSION) {
            throw new IllegalStateException("committed offsets of version " + version + " need a newer release");
        }
    }
}
