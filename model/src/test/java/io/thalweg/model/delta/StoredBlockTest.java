package io.thalweg.model.delta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The forms that only blocks of the log have: smaller numbers, compressed text, statistics. */
class StoredBlockTest {
    private static final RowType TYPE = RandomBatches.ALL_KINDS;
    private static final int[] SIZES = {0, 1, 2, 31, 32, 33, 127, 128, 1_000, 4_096};
    private static final BlockCompression DEFLATE = new DeflateCompression();

    @Test
    void returnsWhatWasWritten() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        RandomBatches batches = new RandomBatches(seed);
        for (int round = 0; round < 10; round++) {
            for (int size : SIZES) {
                DeltaBatch batch = batches.next(TYPE, size);
                byte[] block = BlockCodec.encodeStored(batch, DEFLATE);
                DeltaBatch decoded = BlockCodec.decodeStored(block, 0, block.length, null, DEFLATE);
                assertEquals(DeltaText.format(TYPE, batch), DeltaText.format(TYPE, decoded), "seed " + seed);
            }
        }
    }

    @Test
    void remembersTheNumbersOfTheRowsThatAreLeft() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomBatches batches = new RandomBatches(seed);
        for (int size : SIZES) {
            DeltaBatch batch = batches.next(TYPE, size);
            int[] kept = IntStream.range(0, size)
                    .filter(row -> random.nextInt(4) == 0)
                    .toArray();
            DeltaBatch left = batch.select(kept, kept.length);
            byte[] block = BlockCodec.encodeThinned(left, kept, DEFLATE);
            DeltaBatch decoded = BlockCodec.decodeStored(block, 0, block.length, null, DEFLATE);
            assertEquals(DeltaText.format(TYPE, left), DeltaText.format(TYPE, decoded), "seed " + seed);
            assertArrayEquals(kept, BlockCodec.rowNumbers(block, 0, block.length));
            byte[] whole = BlockCodec.encodeStored(batch, DEFLATE);
            assertNull(BlockCodec.rowNumbers(whole, 0, whole.length));
        }
        int[] falling = {3, 3};
        byte[] damaged = BlockCodec.encodeThinned(batches.next(TYPE, 2), falling, DEFLATE);
        ThalwegException refused =
                assertThrows(ThalwegException.class, () -> BlockCodec.rowNumbers(damaged, 0, damaged.length));
        assertEquals(ErrorCode.DATA_CORRUPTED, refused.code());
    }

    @Test
    void returnsNumbersOfEveryWidthAndShape() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int width = 0; width <= 64; width++) {
            int bits = width;
            long base = random.nextLong();
            long step = 1L + random.nextInt(1_000);
            long factor = 1L + random.nextInt(1_000_000);
            requireSame(random.nextInt(300), row -> base + bits(random, bits));
            requireSame(random.nextInt(300), row -> base + factor * bits(random, bits));
            requireSame(random.nextInt(300), row -> base + row * step);
            requireSame(random.nextInt(300), row -> base + row * step * factor + factor * bits(random, bits / 4));
        }
    }

    private static long bits(Random random, int count) {
        return count == 0 ? 0 : random.nextLong() >>> (64 - count);
    }

    private static void requireSame(int rows, IntToLongFunction value) {
        long[] longs = new long[rows];
        Arrays.setAll(longs, value);
        int[] ints = new int[rows];
        Arrays.setAll(ints, i -> (int) longs[i]);
        byte[] block = BlockCodec.encodeStored(
                new DeltaBatch(
                        rows, new Column[] {new LongColumn(rows, longs, null), new IntColumn(rows, ints, null)}, null),
                BlockCompression.NONE);
        DeltaBatch decoded = BlockCodec.decode(block);
        assertArrayEquals(longs, Arrays.copyOf(decoded.longColumn(0).values(), rows));
        assertArrayEquals(ints, Arrays.copyOf(decoded.intColumn(1).values(), rows));
    }

    @Test
    void storesRisingTimesByTheirDifferences() {
        Random random = new Random(1);
        long[] times = new long[4_096];
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + 1_000 * random.nextInt(20_000);
        }
        int size = storedSize(new LongColumn(4_096, times, null));
        assertTrue(size < 4_096 * 15 / 8 + 128, "15 bits a value expected, took " + size + " bytes");
    }

    @Test
    void storesMultiplesByTheirFactor() {
        Random random = new Random(1);
        long[] times = new long[4_096];
        Arrays.setAll(times, i -> 7 + 60_000_000L * random.nextInt(1_000));
        int size = storedSize(new LongColumn(4_096, times, null));
        assertTrue(size < 4_096 * 10 / 8 + 128, "10 bits a value expected, took " + size + " bytes");
    }

    @Test
    void storesRisingNumbersInNoSpace() {
        int[] ids = new int[4_096];
        Arrays.setAll(ids, i -> 1_000_000 + i);
        int size = storedSize(new IntColumn(4_096, ids, null));
        assertTrue(size < 128, "took " + size + " bytes");
    }

    @Test
    void storesDecimalFractionsAsIntegers() {
        Random random = new Random(1);
        double[] prices = new double[4_096];
        Arrays.setAll(prices, i -> random.nextInt(1 << 20) / 100.0);
        DoubleColumn column = new DoubleColumn(4_096, prices, null);
        int size = storedSize(column);
        assertTrue(size < 4_096 * 20 / 8 + 128, "20 bits a value expected, took " + size + " bytes");
        prices[17] = -0.0;
        assertTrue(storedSize(column) > 4_096 * 8, "-0.0 is no integer");
        prices[17] = Math.PI;
        assertTrue(storedSize(column) > 4_096 * 8, "an irrational number is no decimal fraction");
    }

    @Test
    void returnsDoublesBitByBit() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            double scale = Math.pow(10, random.nextInt(18));
            double[] values = random.doubles(50)
                    .map(d -> Math.rint((d - 0.5) * scale) / Math.pow(10, random.nextInt(2) * 3))
                    .toArray();
            if (random.nextInt(4) == 0) {
                values[random.nextInt(50)] = new double[] {
                            -0.0, Double.NaN, Double.MIN_VALUE, -1e300, Double.NEGATIVE_INFINITY
                        }
                        [random.nextInt(5)];
            }
            byte[] block = BlockCodec.encodeStored(
                    new DeltaBatch(50, new Column[] {new DoubleColumn(50, values, null)}, null), DEFLATE);
            double[] decoded = BlockCodec.decode(block).doubleColumn(0).values();
            for (int i = 0; i < 50; i++) {
                assertEquals(
                        Double.doubleToRawLongBits(values[i]), Double.doubleToRawLongBits(decoded[i]), "seed " + seed);
            }
        }
    }

    private static int storedSize(Column column) {
        return BlockCodec.encodeStored(
                        new DeltaBatch(column.rowCount(), new Column[] {column}, null), BlockCompression.NONE)
                .length;
    }

    @Test
    void compressesTextOnlyWhereAReaderCanTakeItBack() {
        ColumnBuilder column = new ColumnBuilder(PhysicalKind.BYTES);
        for (int i = 0; i < 1_000; i++) {
            column.appendText("a sentence that differs in its number " + i);
        }
        DeltaBatch batch = new DeltaBatch(1_000, new Column[] {column.build()}, null);
        byte[] plain = BlockCodec.encodeStored(batch, BlockCompression.NONE);
        byte[] compressed = BlockCodec.encodeStored(batch, DEFLATE);
        assertTrue(compressed.length < plain.length / 2, compressed.length + " of " + plain.length + " bytes");
        assertEquals(
                ErrorCode.DATA_CORRUPTED,
                assertThrows(ThalwegException.class, () -> BlockCodec.decode(compressed))
                        .code());
    }

    @Test
    void statisticsBoundExactlyWhatTheColumnsHold() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        RandomBatches batches = new RandomBatches(seed);
        for (int round = 0; round < 200; round++) {
            DeltaBatch batch = batches.next(TYPE, 128 + round);
            byte[] block = BlockCodec.encodeStored(batch, BlockCompression.NONE);
            BlockStatistics statistics =
                    BlockCodec.statistics(block, 0, block.length).orElseThrow();
            for (int i = 0; i < TYPE.size(); i++) {
                requireExact(batch.column(i), statistics, i);
            }
        }
    }

    private static void requireExact(Column column, BlockStatistics statistics, int index) {
        Optional<Int128> least = Optional.empty();
        Optional<Int128> greatest = Optional.empty();
        int nulls = 0;
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                nulls++;
            } else {
                Int128 key = key(column, row);
                least = Optional.of(least.filter(k -> k.compareTo(key) < 0).orElse(key));
                greatest =
                        Optional.of(greatest.filter(k -> k.compareTo(key) > 0).orElse(key));
            }
        }
        assertEquals(nulls, statistics.nullCount(index));
        assertEquals(least.isPresent(), statistics.mayHold(index, OrderKey.LEAST, OrderKey.GREATEST));
        if (least.isPresent() && greatest.isPresent()) {
            Int128 one = new Int128(0, 1);
            assertTrue(statistics.mayHold(index, least.get(), least.get()));
            assertTrue(statistics.mayHold(index, greatest.get(), greatest.get()));
            // Below the least of all keys, which is that of the empty text, there is none.
            boolean hasBelow = !least.get().equals(OrderKey.LEAST);
            assertFalse(hasBelow
                    && statistics.mayHold(index, OrderKey.LEAST, least.get().plus(one.negate())));
            boolean hasAbove = !greatest.get().equals(OrderKey.GREATEST);
            assertFalse(hasAbove && statistics.mayHold(index, greatest.get().plus(one), OrderKey.GREATEST));
        }
    }

    private static Int128 key(Column column, int row) {
        return switch (column.kind()) {
            case INT -> OrderKey.of(((IntColumn) column).value(row));
            case LONG -> OrderKey.of(((LongColumn) column).value(row));
            case DOUBLE -> OrderKey.of(((DoubleColumn) column).value(row));
            case DECIMAL128 ->
                new Int128(((Decimal128Column) column).high()[row], ((Decimal128Column) column).low()[row]);
            case BYTES -> {
                byte[] value = ((BytesColumn) column).bytes(row);
                yield OrderKey.of(value, 0, value.length);
            }
        };
    }

    @Test
    void tellsHowFarTimesFall() {
        long[] times = new long[200];
        Arrays.setAll(times, i -> 10L * i);
        assertEquals(0, greatestFall(times));
        times[150] = 1_490 - 77;
        assertEquals(77, greatestFall(times));
        times[151] = Long.MIN_VALUE;
        assertEquals(Long.MAX_VALUE, greatestFall(times));
    }

    private static long greatestFall(long[] times) {
        LongColumn column = new LongColumn(times.length, times, null);
        byte[] block = BlockCodec.encodeStored(
                new DeltaBatch(times.length, new Column[] {column}, null), BlockCompression.NONE);
        return BlockCodec.statistics(block, 0, block.length).orElseThrow().greatestFall(0);
    }

    @Test
    void keysKeepTheOrderOfDoublesAndTexts() {
        double[] doubles = {
            Double.NEGATIVE_INFINITY,
            -1e300,
            -1,
            -Double.MIN_VALUE,
            0,
            Double.MIN_VALUE,
            1,
            1e300,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        for (int i = 1; i < doubles.length; i++) {
            assertTrue(OrderKey.of(doubles[i - 1]).compareTo(OrderKey.of(doubles[i])) < 0, "at " + doubles[i]);
        }
        assertEquals(OrderKey.of(0.0), OrderKey.of(-0.0));
        assertEquals(OrderKey.of(Double.NaN), OrderKey.of(Double.longBitsToDouble(0xFFF8000000000001L)));
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] one = randomBytes(random);
            byte[] other = random.nextBoolean() ? randomBytes(random) : Arrays.copyOf(one, random.nextInt(24));
            int order = OrderKey.of(one, 0, one.length).compareTo(OrderKey.of(other, 0, other.length));
            assertTrue(
                    order == 0 || Integer.signum(order) == Integer.signum(Arrays.compareUnsigned(one, other)),
                    "seed " + seed + ": " + Arrays.toString(one) + " and " + Arrays.toString(other));
        }
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) - 1);
        }
        return bytes;
    }

    @Test
    void refusesDamageWithoutCrashing() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomBatches batches = new RandomBatches(seed);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] block = BlockCodec.encodeStored(batches.next(TYPE, 120 + random.nextInt(40)), DEFLATE);
            int damage = 1 + random.nextInt(4);
            for (int i = 0; i < damage; i++) {
                int limit = random.nextBoolean() ? block.length : Math.min(block.length, 400);
                block[random.nextInt(limit)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(block.length + 1) : block.length;
            try {
                BlockCodec.statistics(block, 0, length).ifPresent(statistics -> {
                    for (int i = 0; i < TYPE.size(); i++) {
                        statistics.mayHold(i, Int128.ZERO, Int128.ZERO);
                    }
                });
                BlockCodec.decodeStored(block, 0, length, null, DEFLATE);
            } catch (ThalwegException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), "seed " + seed);
                refused++;
            }
        }
        assertTrue(refused > 500, "only " + refused + " damaged blocks were noticed");
    }

    @Test
    void refusesAnotherVersion() {
        byte[] block = BlockCodec.encode(new RandomBatches(1).next(TYPE, 3));
        block[0] = 1;
        assertEquals(
                "damaged block of rows: format version 1, expected 2",
                assertThrows(ThalwegException.class, () -> BlockCodec.decode(block))
                        .message());
    }
}
