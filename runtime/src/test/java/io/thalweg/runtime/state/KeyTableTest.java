package io.thalweg.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
    private static final RowType LONGS = RowType.of("k", SqlType.BIGINT);
    private static final RowType MIXED =
            RowType.of("s", SqlType.VARCHAR, "i", SqlType.INTEGER, "m", SqlType.decimal(30, 2), "d", SqlType.DOUBLE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesAsAMap(long seed) {
        Random random = new Random(seed);
        check(LONGS, List.of(0), random, "seed " + seed);
        check(MIXED, List.of(0, 1, 2, 3), random, "seed " + seed);
        check(MIXED, List.of(0), random, "seed " + seed);
    }

    private static void check(RowType type, List<Integer> columns, Random random, String how) {
        KeyTable table = KeyTable.create(type, columns, KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("test"));
        Map<List<Object>, Integer> expected = new HashMap<>();
        for (int round = 0; round < 60; round++) {
            DeltaBatch batch = rows(type, 500, random);
            DeltaBatch keys = batch.project(columns.stream().mapToInt(i -> i).toArray());
            int[] ids = new int[500];
            table.resolve(batch, ids);
            for (int row = 0; row < ids.length; row++) {
                Integer known = expected.putIfAbsent(Row.of(keys, row), ids[row]);
                assertEquals(known == null ? ids[row] : known, ids[row], how);
            }
            assertEquals(expected.size(), table.size(), how);
            assertEquals(expected.size(), new HashSet<>(expected.values()).size(), how);
            assertEquals(Row.of(keys, 7), Row.of(new DeltaBatch(1, table.keys(new int[] {ids[7]}, 1), null), 0), how);
            removeSome(table, expected, random);
            table.find(batch, ids);
            for (int row = 0; row < ids.length; row++) {
                assertEquals(expected.getOrDefault(Row.of(keys, row), KeyTable.ABSENT), ids[row], how);
            }
        }
    }

    private static void removeSome(KeyTable table, Map<List<Object>, Integer> expected, Random random) {
        Set<List<Object>> removed = new HashSet<>();
        boolean all = random.nextInt(10) == 0;
        expected.forEach((key, id) -> {
            if (all || random.nextInt(3) == 0) {
                table.remove(id);
                removed.add(key);
            }
        });
        expected.keySet().removeAll(removed);
    }

    private static DeltaBatch rows(RowType type, int count, Random random) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < type.size(); i++) {
                int value = random.nextInt(3_000);
                if (value < 30) {
                    builder.column(i).appendNull();
                    continue;
                }
                switch (type.type(i).kind()) {
                    case INT -> builder.column(i).appendInt(value % 50);
                    // Multiples of a power of two fall onto few slots.
                    case LONG -> builder.column(i).appendLong((long) value << 40);
                    case DOUBLE -> builder.column(i).appendDouble(value % 2 == 0 ? -0.0 : 0.0);
                    case DECIMAL128 -> builder.column(i).appendDecimal128(value % 2, -1);
                    case BYTES -> builder.column(i).appendText("x".repeat(value % 300) + value % 7);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    @Test
    void keysMadeToCollideAreStillFoundQuickly() {
        // The inverse of the multiplier turns consecutive numbers into keys whose hashes share all their upper bits.
        long inverse = 0xF1DE83E19937733DL;
        assertEquals(1, inverse * 0x9E3779B97F4A7C15L);
        KeyTable table = KeyTable.create(LONGS, List.of(0), KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("test"));
        DeltaBatchBuilder builder = new DeltaBatchBuilder(LONGS);
        for (int i = 0; i < 60_000; i++) {
            builder.column(0).appendLong(i * inverse);
            builder.endRow();
        }
        table.resolve(builder.build(), new int[60_000]);
        assertEquals(60_000, table.size());
    }

    @Test
    void equalInSqlIsEqualHere() {
        RowType type = RowType.of("c", SqlType.character(3), "d", SqlType.DOUBLE);
        KeyTable table = KeyTable.create(type, List.of(0, 1), KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("test"));
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (String text : List.of("a", "a  ", "b")) {
            builder.column(0).appendText(text);
            builder.column(1).appendDouble(text.length() == 1 ? 0.0 : -0.0);
            builder.endRow();
        }
        int[] ids = new int[3];
        table.resolve(builder.build(), ids);
        assertEquals(ids[0], ids[1]);
        assertNotEquals(ids[0], ids[2]);
        assertEquals("+1 | a   | 0.0", DeltaText.format(type, new DeltaBatch(1, table.keys(ids, 1), null)));
    }

    @Test
    void joinsIgnoreNulls() {
        KeyTable table =
                KeyTable.create(MIXED, List.of(0, 1), KeyTable.NullKeys.IGNORED, MemoryAccount.unlimited("test"));
        int[] ids = new int[2];
        table.resolve(DeltaText.parse(MIXED, "+1 | a | NULL | 1.00 | 2\n+1 | a | 1 | NULL | NULL"), ids);
        assertEquals(KeyTable.ABSENT, ids[0]);
        assertNotEquals(KeyTable.ABSENT, ids[1]);
        assertEquals(1, table.size());
    }
}
