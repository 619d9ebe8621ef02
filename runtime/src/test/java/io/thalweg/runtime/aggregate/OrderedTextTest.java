package io.thalweg.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** MIN and MAX of long texts that come and go, so that their memory has to be cleaned up. */
class OrderedTextTest {
    private static final RowType TYPE = RowType.of("s", SqlType.VARCHAR);
    private static final int GROUPS = 3;
    private static final int MAX_BYTES = 2_000_000;

    private final MemoryAccount account = MemoryAccount.unlimited("test");

    private AggregateCalls calls(boolean appendOnly) {
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateFunction function : List.of(AggregateFunction.MINIMUM, AggregateFunction.MAXIMUM)) {
            calls.add(new AggregateCall(function, OptionalInt.of(0), OptionalInt.empty(), false, SqlType.VARCHAR));
        }
        AggregateCalls created = new AggregateCalls(calls, TYPE, appendOnly, account);
        for (int group = 1; group <= GROUPS; group++) {
            created.open(group);
        }
        return created;
    }

    @Test
    void insertionsOnly() {
        run(calls(true), true, new Random(1));
    }

    @Test
    void insertionsAndDeletions() {
        run(calls(false), false, new Random(2));
    }

    private void run(AggregateCalls calls, boolean appendOnly, Random random) {
        List<TreeMap<String, Integer>> expected = new ArrayList<>();
        for (int group = 0; group <= GROUPS; group++) {
            expected.add(new TreeMap<>());
        }
        for (int round = 0; round < 400; round++) {
            DeltaBatchBuilder batch = new DeltaBatchBuilder(TYPE);
            int[] groups = new int[50];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = 1 + random.nextInt(GROUPS);
                TreeMap<String, Integer> values = expected.get(groups[i]);
                boolean delete = !appendOnly && !values.isEmpty() && random.nextInt(100) < 49;
                // Ever lower and ever higher values, so that the best one changes all the time.
                int number = 500_000 + (random.nextBoolean() ? 1 : -1) * (round * 100 + random.nextInt(100));
                String value =
                        delete ? random.nextBoolean() ? values.firstKey() : values.lastKey() : number + "-".repeat(100);
                values.merge(value, delete ? -1 : 1, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
                batch.column(0).appendText(value);
                batch.endRow(delete ? -1 : 1);
            }
            calls.fold(batch.build(), groups);
            for (int group = 1; group <= GROUPS; group++) {
                check(calls, group, expected.get(group), "round " + round);
            }
        }
        assertTrue(account.bytes() < MAX_BYTES, () -> account.bytes() + " bytes");
    }

    private static void check(AggregateCalls calls, int group, TreeMap<String, Integer> values, String how) {
        ColumnBuilder[] out = {new ColumnBuilder(PhysicalKind.BYTES), new ColumnBuilder(PhysicalKind.BYTES)};
        calls.append(group, out);
        BytesColumn minimum = (BytesColumn) out[0].build();
        BytesColumn maximum = (BytesColumn) out[1].build();
        assertEquals(values.isEmpty(), minimum.isNull(0), how);
        if (!values.isEmpty()) {
            assertEquals(values.firstKey(), minimum.text(0), how);
            assertEquals(values.lastKey(), maximum.text(0), how);
        }
    }
}
