package io.thalweg.model.nested;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.json.TypeJson;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NestedFormatTest {
    private static final SqlType INTS = SqlType.array(SqlType.INTEGER);

    @Test
    void readsBackWhatWasWritten() {
        long seed = System.nanoTime();
        RandomNested random = new RandomNested(new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            SqlType type = random.type(3);
            Object value = random.value(type);
            byte[] bytes = NestedValues.encode(type, value);
            String where = "seed " + seed + ", round " + i + ", " + type;
            Object read = NestedValues.decode(type, bytes, 0);
            assertArrayEquals(bytes, NestedValues.encode(type, read), where);
            assertEquals(NestedText.format(type, bytes, 0), NestedText.format(type, moved(bytes), 3), where);
            assertEquals(bytes.length, NestedFormat.behind(type, moved(bytes), 3) - 3, where);
            DeltaBatchBuilder cells = new DeltaBatchBuilder(NestedCells.rowType(type));
            assertEquals(bytes.length, NestedCells.append(type, moved(bytes), 3, cells) - 3, where);
            assertArrayEquals(bytes, NestedCells.value(type, cells.build()), where);
            assertEquals(type, TypeJson.read(TypeJson.write(type)), where);
        }
    }

    /** The same bytes between others. */
    private static byte[] moved(byte[] bytes) {
        byte[] moved = new byte[bytes.length + 6];
        Arrays.fill(moved, (byte) 0xFF);
        System.arraycopy(bytes, 0, moved, 3, bytes.length);
        return moved;
    }

    @Test
    void ordersBytesAsValues() {
        List<List<Integer>> ordered = Arrays.asList(
                List.of(),
                List.of(Integer.MIN_VALUE),
                List.of(-1),
                List.of(0),
                List.of(0, 5),
                List.of(1),
                List.of(Integer.MAX_VALUE),
                Arrays.asList((Integer) null));
        for (int i = 1; i < ordered.size(); i++) {
            assertOrdered(INTS, ordered.get(i - 1), ordered.get(i));
        }
        SqlType doubles = SqlType.array(SqlType.DOUBLE);
        List<Double> numbers =
                List.of(Double.NEGATIVE_INFINITY, -1e300, -1.5, -1e-300, 0.0, 1e-300, 2.0, 1e300, Double.NaN);
        for (int i = 1; i < numbers.size(); i++) {
            assertOrdered(doubles, List.of(numbers.get(i - 1)), List.of(numbers.get(i)));
        }
        SqlType texts = SqlType.row(List.of(new Field("a", SqlType.VARCHAR), new Field("b", SqlType.INTEGER)));
        List<String> words = List.of("", "\0", "\0\0", "\1", "a", "a\0", "a\0b", "a\1", "ab", "b", "\u00e4");
        for (int i = 1; i < words.size(); i++) {
            assertOrdered(texts, List.of(words.get(i - 1), 9), List.of(words.get(i), 1));
        }
    }

    private static void assertOrdered(SqlType type, Object less, Object greater) {
        byte[] left = NestedValues.encode(type, less);
        byte[] right = NestedValues.encode(type, greater);
        assertEquals(true, Arrays.compareUnsigned(left, right) < 0, less + " is not below " + greater);
    }

    @Test
    void makesOneFormOfEqualValues() {
        SqlType doubles = SqlType.array(SqlType.DOUBLE);
        assertArrayEquals(NestedValues.encode(doubles, List.of(0.0)), NestedValues.encode(doubles, List.of(-0.0)));
        SqlType map = SqlType.map(SqlType.VARCHAR, SqlType.INTEGER);
        Map<String, Integer> forth = new LinkedHashMap<>(Map.of("a", 1));
        forth.put("b", 2);
        Map<String, Integer> back = new LinkedHashMap<>(Map.of("b", 2));
        back.put("a", 1);
        assertArrayEquals(NestedValues.encode(map, forth), NestedValues.encode(map, back));
    }

    @Test
    void keepsTheLastOfEqualKeys() {
        NestedWriter writer = new NestedWriter();
        writer.begin();
        for (int value = 0; value < 5; value++) {
            writer.beginEntry();
            writer.appendInt(value % 2);
            writer.endKey();
            writer.appendInt(value);
        }
        writer.endMap();
        assertEquals(
                "{0=4, 1=3}", NestedText.format(SqlType.map(SqlType.INTEGER, SqlType.INTEGER), writer.toBytes(), 0));
    }

    @Test
    void refusesNullAsAKey() {
        NestedWriter writer = new NestedWriter();
        writer.begin();
        writer.beginEntry();
        writer.appendNull();
        assertEquals(
                ErrorCode.NULL_NOT_ALLOWED,
                assertThrows(ThalwegException.class, writer::endKey).code());
    }

    @Test
    void refusesTypesThatAreNestedTooDeep() {
        SqlType type = SqlType.INTEGER;
        for (int depth = 1; depth < SqlType.MAX_DEPTH; depth++) {
            type = SqlType.array(type);
        }
        SqlType deepest = type;
        assertThrows(IllegalArgumentException.class, () -> SqlType.array(deepest));
    }
}
