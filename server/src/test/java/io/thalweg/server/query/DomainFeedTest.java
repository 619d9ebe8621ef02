package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainFeedTest {
    private static final StepPace PACE = new StepPace(new SystemClock(), false);
    private static final RowType TYPE = RowType.of("k", SqlType.INTEGER);
    private final DomainFeed feed = new DomainFeed(Map.of(7L, TYPE), Set.of(1L));

    private void offer(long end, String rows) {
        feed.offer(Map.of(1L, new long[] {end}), Map.of(7L, List.of(DeltaText.parse(TYPE, rows))));
    }

    private static String rows(StepInput input) {
        List<DeltaBatch> deltas = input.deltas().get(7L);
        return deltas.stream().map(batch -> DeltaText.format(TYPE, batch)).reduce("", String::concat);
    }

    @Test
    void sumsUpTheStepsThatTheQueryMissed() {
        offer(1, "+1 | 1\n+1 | 2");
        offer(2, "-1 | 2\n+1 | 3");
        offer(3, "-1 | 3\n+1 | 1");
        StepInput input = feed.take(new QueryControl(), PACE);
        assertEquals("+2 | 1", rows(input));
        assertArrayEquals(new long[] {3}, input.ends().get(1L));
    }

    @Test
    void handsOutASingleStepAsItIs() {
        offer(1, "+1 | 1");
        feed.take(new QueryControl(), PACE);
        offer(2, "-1 | 1\n+1 | 2");
        assertEquals("-1 | 1\n+1 | 2", rows(feed.take(new QueryControl(), PACE)));
    }
}
