package io.thalweg.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final RowType TYPE = RowType.of("k", SqlType.BIGINT, "v", SqlType.VARCHAR);

    private static DeltaBatch batch(String table) {
        return DeltaText.parse(TYPE, table);
    }

    private static String ordered(RowType type, List<DeltaBatch> batches) {
        return batches.stream().map(batch -> DeltaText.format(type, batch)).collect(Collectors.joining("\n"));
    }

    @Test
    void materializedViewSumsWeights() {
        MaterializedView view = new MaterializedView(TYPE);
        view.apply(batch("+2 | 1 | a\n+1 | 2 | NULL"));
        view.apply(batch("-1 | 1 | a\n-1 | 2 | NULL\n+1 | 3 | c"));
        assertEquals("+1 | 1 | a\n+1 | 3 | c", DeltaText.formatSummed(TYPE, view.snapshot()));
        assertEquals(2, view.rowCount());
    }

    @Test
    void accumulatorForgetsWhatCancelsOut() {
        DeltaAccumulator sum = new DeltaAccumulator(TYPE);
        sum.add(batch("-1 | 1 | a\n+1 | 1 | b"));
        sum.add(batch("-1 | 1 | b\n+1 | 1 | c"));
        assertEquals(2, sum.rowCount());
        assertEquals("-1 | 1 | a\n+1 | 1 | c", DeltaText.formatSummed(TYPE, sum.drain()));
        assertEquals(0, sum.rowCount());
        assertEquals(List.of(), sum.drain());
    }

    @Test
    void keyedTableTakesTheLastEntryOfEachKey() {
        KeyedTable table = new KeyedTable(TYPE, List.of(0));
        assertEquals(
                "+1 | 1 | b\n+1 | 2 | x",
                ordered(TYPE, table.upsert(batch("+1 | 1 | a\n+1 | 2 | x\n+1 | 1 | b\n+1 | 3 | y\n-1 | 3 | z"))));
        assertEquals(
                "-1 | 1 | b\n+1 | 1 | c",
                ordered(TYPE, table.upsert(batch("-1 | 1 | ?\n+1 | 1 | c\n+1 | 2 | x\n-1 | 9 | ?"))));
        assertEquals("-1 | 2 | x", ordered(TYPE, table.upsert(batch("-1 | 2 | NULL"))));
        assertEquals("+1 | 1 | c", DeltaText.formatSummed(TYPE, table.snapshot()));
        assertEquals(1, table.rowCount());
    }

    @Test
    void keyedTableFollowsAMap() {
        Random random = new Random(11);
        KeyedTable table = new KeyedTable(TYPE, List.of(0));
        Map<Long, String> expected = new HashMap<>();
        Map<List<Object>, Long> summed = new HashMap<>();
        for (int round = 0; round < 200; round++) {
            StringBuilder changelog = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                long key = random.nextInt(100);
                String value = "v".repeat(1 + random.nextInt(300));
                if (random.nextInt(3) == 0) {
                    changelog.append("-1 | ").append(key).append(" | ?\n");
                    expected.remove(key);
                } else {
                    changelog
                            .append("+1 | ")
                            .append(key)
                            .append(" | ")
                            .append(value)
                            .append('\n');
                    expected.put(key, value);
                }
            }
            table.upsert(batch(changelog.toString())).forEach(delta -> Row.addTo(summed, delta));
            Map<List<Object>, Long> rows = new HashMap<>();
            expected.forEach((key, value) -> rows.put(List.of(key, value), 1L));
            assertEquals(rows, summed, "round " + round);
            assertEquals(rows, Row.sum(table.snapshot()), "round " + round);
        }
    }

    private static String encoded(Optional<List<Integer>> key, String... tables) {
        List<DeltaBatch> delta = new ArrayList<>();
        for (String table : tables) {
            delta.add(batch(table));
        }
        RowType type = ChangelogEncoder.changelogType(TYPE);
        return ordered(type, new ChangelogEncoder(TYPE, key).encode(delta));
    }

    @Test
    void changelogPairsOldAndNewOfAKey() {
        assertEquals("""
                +1 | -U | 1 | a
                +1 | +U | 1 | b
                +1 | -D | 2 | x
                +1 | +I | 3 | y""", encoded(Optional.of(List.of(0)), "-1 | 1 | a\n+1 | 1 | b\n-1 | 2 | x\n+1 | 3 | y"));
    }

    @Test
    void changelogPairsAcrossOrderAndBatches() {
        assertEquals(
                "+1 | -U | 1 | a\n+1 | +U | 1 | c",
                encoded(Optional.of(List.of(0)), "+1 | 1 | b\n-1 | 1 | a", "-1 | 1 | b\n+1 | 1 | c"));
        assertEquals("+1 | -U | 7 | a\n+1 | +U | 8 | b", encoded(Optional.of(List.of()), "+1 | 8 | b", "-1 | 7 | a"));
    }

    @Test
    void changelogWithoutKeyHasOneRowForEachUnitOfWeight() {
        assertEquals(
                "+1 | +I | 1 | a\n+1 | +I | 1 | a\n+1 | -D | 1 | b\n+1 | +I | 1 | c",
                encoded(Optional.empty(), "+2 | 1 | a\n-1 | 1 | b\n+1 | 1 | c"));
    }

    @Test
    void changelogDeletesBeforeItInsertsIfTheKeyDoesNotHold() {
        assertEquals(
                "+1 | -D | 1 | a\n+1 | +I | 1 | b\n+1 | +I | 1 | c",
                encoded(Optional.of(List.of(0)), "+1 | 1 | b\n-1 | 1 | a\n+1 | 1 | c"));
    }
}
