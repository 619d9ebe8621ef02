package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.PhysicalKind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Lz4CompressionTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = i > 20 && random.nextInt(4) != 0 ? text[i - 17] : (byte) ('a' + random.nextInt(20));
        }
        return text;
    }

    @Test
    void returnsWhatWasCompressed() {
        System.out.println("seed " + seed);
        for (int length = 1; length < 100_000; length = length * 3 / 2 + 1) {
            byte[] text = text(length);
            byte[] target = new byte[length + 100];
            int size = Lz4Compression.INSTANCE.compress(text, length, target);
            byte[] restored = new byte[length];
            assertEquals(length, Lz4Compression.INSTANCE.decompress(target, 0, size, restored), "seed " + seed);
            assertArrayEquals(text, restored, "seed " + seed);
        }
    }

    @Test
    void refusesDamageWithoutCrashing() {
        System.out.println("seed " + seed);
        ColumnBuilder builder = new ColumnBuilder(PhysicalKind.BYTES);
        for (int i = 0; i < 1_000; i++) {
            builder.appendText("a sentence that differs in its number " + i);
        }
        DeltaBatch batch = new DeltaBatch(1_000, new Column[] {builder.build()}, null);
        byte[] block = BlockCodec.encodeStored(batch, Lz4Compression.INSTANCE);
        assertTrue(block.length < 15_000, block.length + " bytes of 40,000");
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = block.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                BlockCodec.decodeStored(damaged, 0, damaged.length, null, Lz4Compression.INSTANCE);
            } catch (ThalwegException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), "seed " + seed);
            }
        }
        ThalwegException error = assertThrows(ThalwegException.class, () -> BlockCodec.decode(block));
        assertEquals("damaged block of rows: text that cannot be decompressed", error.message());
    }
}
