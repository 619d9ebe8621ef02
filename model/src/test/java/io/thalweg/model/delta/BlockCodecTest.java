package io.thalweg.model.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
    private static final RowType TYPE = RandomBatches.ALL_KINDS;
    private static final int[] SIZES = {0, 1, 2, 15, 16, 17, 63, 64, 65, 127, 1_000, 4_096};

    @Test
    void returnsWhatWasWritten() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        RandomBatches batches = new RandomBatches(seed);
        for (int round = 0; round < 20; round++) {
            for (int size : SIZES) {
                DeltaBatch batch = batches.next(TYPE, size);
                DeltaBatch decoded = BlockCodec.decode(BlockCodec.encode(batch));
                assertEquals(DeltaText.format(TYPE, batch), DeltaText.format(TYPE, decoded), "seed " + seed);
            }
        }
    }

    @Test
    void decodesTheAskedColumnsOnlyFromTheMiddleOfAnArray() {
        DeltaBatch batch = new RandomBatches(1).next(TYPE, 100);
        byte[] block = BlockCodec.encode(batch);
        byte[] larger = new byte[block.length + 20];
        System.arraycopy(block, 0, larger, 13, block.length);
        DeltaBatch decoded = BlockCodec.decode(larger, 13, block.length, new int[] {4, 1});
        assertEquals(
                DeltaText.format(TYPE.project(4, 1), batch.project(4, 1)),
                DeltaText.format(TYPE.project(4, 1), decoded));
        assertEquals(100, BlockCodec.rowCount(larger, 13, block.length));
    }

    @Test
    void keepsTheFullRangeOfNumbers() {
        RowType type = RowType.of("l", SqlType.BIGINT);
        long[] values = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE, 1L << 56, -(1L << 56)};
        DeltaBatch batch =
                new DeltaBatch(values.length, new Column[] {new LongColumn(values.length, values, null)}, null);
        DeltaBatch decoded = BlockCodec.decode(BlockCodec.encode(batch));
        assertEquals(DeltaText.format(type, batch), DeltaText.format(type, decoded));
    }

    @Test
    void packsSmallSpansTightly() {
        long[] times = new long[4_096];
        Arrays.setAll(times, i -> 1_000_000_000_000_000L + i % 1_000);
        DeltaBatch batch = new DeltaBatch(4_096, new Column[] {new LongColumn(4_096, times, null)}, null);
        int size = BlockCodec.encode(batch).length;
        assertTrue(size < 4_096 * 10 / 8 + 64, "10 bits a value expected, took " + size + " bytes");
    }

    @Test
    void storesRepeatedTextOnce() {
        ColumnBuilder column = new ColumnBuilder(PhysicalKind.BYTES);
        for (int i = 0; i < 4_096; i++) {
            column.appendText("airport number " + i % 50);
        }
        int size = BlockCodec.encode(new DeltaBatch(4_096, new Column[] {column.build()}, null)).length;
        assertTrue(size < 4_096 * 6 / 8 + 50 * 20 + 128, "6 bits a value expected, took " + size + " bytes");
    }

    @Test
    void refusesDamageWithoutCrashing() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomBatches batches = new RandomBatches(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] block = BlockCodec.encode(batches.next(TYPE, random.nextInt(40)));
            int damage = 1 + random.nextInt(4);
            for (int i = 0; i < damage; i++) {
                block[random.nextInt(block.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(block.length + 1) : block.length;
            try {
                DeltaBatch decoded = BlockCodec.decode(block, 0, length, null);
                // Damage inside of values cannot be seen here, but what was decoded must be readable.
                DeltaText.format(readableType(decoded), decoded);
            } catch (ThalwegException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), "seed " + seed);
                refused++;
            }
        }
        assertTrue(refused > 1_000, "only " + refused + " damaged blocks were noticed");
    }

    private static RowType readableType(DeltaBatch batch) {
        Object[] fields = new Object[2 * batch.columnCount()];
        for (int i = 0; i < batch.columnCount(); i++) {
            fields[2 * i] = "c" + i;
            fields[2 * i + 1] = switch (batch.column(i).kind()) {
                case INT -> SqlType.INTEGER;
                case LONG -> SqlType.BIGINT;
                case DOUBLE -> SqlType.DOUBLE;
                case DECIMAL128 -> SqlType.decimal(38, 0);
                case BYTES -> SqlType.VARCHAR;
            };
        }
        return RowType.of(fields);
    }

    @Test
    void refusesAnEmptyArray() {
        ThalwegException error = assertThrows(ThalwegException.class, () -> BlockCodec.decode(new byte[0]));
        assertEquals("damaged block of rows: only 0 bytes", error.message());
    }
}
