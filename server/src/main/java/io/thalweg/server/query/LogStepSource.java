package io.thalweg.server.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps of a query that reads streams only: each takes whatever was appended since the last, at the query's own pace. */
final class LogStepSource implements StepSource {
    private final List<StoredRelation> streams;
    private final QueryControl control;
    private final StepPace pace;
    private final Signal appended = new Signal();
    private final Runnable listener = appended::raise;
    private Map<Long, long[]> taken = Map.of();

    LogStepSource(List<StoredRelation> streams, QueryControl control, StepPace pace) {
        this.pace = pace;
        this.streams = streams;
        this.control = control;
        streams.forEach(stream -> stream.shards().onAppend(listener));
        control.onCancel(appended::raise);
    }

    @Override
    public StepInput first() {
        taken = ends();
        return new StepInput(taken, Map.of(), pace.nowMicros());
    }

    @Override
    public StepInput next() {
        boolean waited = false;
        while (true) {
            control.check();
            Map<Long, long[]> ends = ends();
            if (isBeyondTaken(ends) || pace.ticks() && waited) {
                taken = ends;
                return new StepInput(ends, Map.of(), pace.nowMicros());
            }
            pace.await(appended);
            waited = true;
        }
    }

    private Map<Long, long[]> ends() {
        Map<Long, long[]> ends = new HashMap<>();
        streams.forEach(stream -> ends.put(stream.id(), stream.shards().endOffsets()));
        return ends;
    }

    private boolean isBeyondTaken(Map<Long, long[]> ends) {
        return ends.entrySet().stream().anyMatch(e -> !Arrays.equals(e.getValue(), taken.get(e.getKey())));
    }

    @Override
    public void close() {
        streams.forEach(stream -> stream.shards().removeOnAppend(listener));
    }
}
