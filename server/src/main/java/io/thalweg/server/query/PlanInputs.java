package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.StepInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Feeds the scans of one pipeline from the log, the domain and the system tables, step by step. One thread. */
final class PlanInputs implements AutoCloseable {
    private final Pipeline pipeline;
    private final List<Input> inputs = new ArrayList<>();
    private final StopCheck stop;

    /** Where one scan's rows come from. */
    private interface Input {
        void feed(int scan, StepInput input);

        /** About how many rows a step brings. */
        long size(StepInput input);

        /** {@link Long#MAX_VALUE} if the scan does not hold the watermark back. */
        long watermark();

        /** Holds no rows of the log any more. */
        default void release() {}
    }

    /**
     * @param stored the relation of a scan of a stream
     * @param systemTables reads a system table
     * @param reader for whom the rows of the log are held, until {@link #close}
     */
    PlanInputs(
            Pipeline pipeline,
            Function<ScanNode, StoredRelation> stored,
            SystemTableSource systemTables,
            StopCheck stop,
            String reader) {
        this(pipeline, stored, systemTables, ScanConditions.none(), stop, reader);
    }

    /**
     * @param conditions what scans of streams may leave out
     * @param reader for whom rows are held until the inputs are closed
     */
    PlanInputs(
            Pipeline pipeline,
            Function<ScanNode, StoredRelation> stored,
            SystemTableSource systemTables,
            ScanConditions conditions,
            StopCheck stop,
            String reader) {
        this.pipeline = pipeline;
        this.stop = stop;
        boolean complete = false;
        try {
            for (ScanNode scan : pipeline.scans()) {
                inputs.add(
                        switch (scan.kind()) {
                            case STREAM, LATE_ROWS ->
                                new LogInput(new ScanInput(stored.apply(scan), scan, conditions, stop, reader), scan);
                            case TABLE, MATERIALIZED_VIEW -> new RelationInput(scan);
                            case SYSTEM_TABLE -> new SystemInput(scan, systemTables);
                        });
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** Holds no rows of the log any more. Further steps can be run, as long as the rows they need are there. */
    @Override
    public void close() {
        inputs.forEach(Input::release);
    }

    /**
     * Runs the only step of a query to completion. Scans end one after the other, the largest last, so that joins need to
     * keep the smaller sides only.
     *
     * @return the watermark after it
     */
    long onlyStep(StepInput input) {
        pipeline.beginStep(input.nowMicros());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(scan -> inputs.get(scan).size(input)));
        for (int scan : order) {
            if (!pipeline.isSatisfied()) {
                inputs.get(scan).feed(scan, input);
                pipeline.endScan(scan);
            }
        }
        return end(1);
    }

    /**
     * Runs one step to completion.
     *
     * @return the watermark after it
     */
    long step(StepInput input, long number) {
        pipeline.beginStep(input.nowMicros());
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).feed(i, input);
        }
        return end(number);
    }

    private long end(long number) {
        long[] watermarks = new long[inputs.size()];
        long least = Long.MAX_VALUE;
        for (int i = 0; i < watermarks.length; i++) {
            watermarks[i] = inputs.get(i).watermark();
            least = Math.min(least, watermarks[i]);
        }
        stop.check();
        pipeline.endStep(new StepInfo(number, watermarks));
        return least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
    }

    /** A stream. */
    private final class LogInput implements Input {
        private final ScanInput source;
        private final boolean hasWatermark;

        LogInput(ScanInput source, ScanNode scan) {
            this.source = source;
            this.hasWatermark = scan.hasWatermark();
        }

        @Override
        public void feed(int scan, StepInput input) {
            source.read(input, batch -> {
                stop.check();
                pipeline.push(scan, batch);
                return !pipeline.isSatisfied();
            });
        }

        @Override
        public long size(StepInput input) {
            return source.size(input);
        }

        @Override
        public void release() {
            source.release();
        }

        @Override
        public long watermark() {
            return hasWatermark ? source.watermark() : Long.MAX_VALUE;
        }
    }

    /** A table or a materialized view. */
    private final class RelationInput implements Input {
        private final long id;
        private final int[] columns;

        RelationInput(ScanNode scan) {
            this.id = scan.objectId();
            this.columns = scan.columns().stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public void feed(int scan, StepInput input) {
            for (DeltaBatch delta : input.deltas().getOrDefault(id, List.of())) {
                stop.check();
                pipeline.push(scan, delta.project(columns));
            }
        }

        @Override
        public long size(StepInput input) {
            return input.deltas().getOrDefault(id, List.of()).stream()
                    .mapToLong(DeltaBatch::rowCount)
                    .sum();
        }

        @Override
        public long watermark() {
            return Long.MAX_VALUE;
        }
    }

    /** A system table, which is read once. */
    private final class SystemInput implements Input {
        private final ScanNode node;
        private final SystemTableSource source;
        private boolean done;

        SystemInput(ScanNode node, SystemTableSource source) {
            this.node = node;
            this.source = source;
        }

        @Override
        public void feed(int scan, StepInput input) {
            if (!done) {
                done = true;
                source.read(node.name(), node.columns()).forEach(batch -> pipeline.push(scan, batch));
            }
        }

        @Override
        public long size(StepInput input) {
            return 0;
        }

        @Override
        public long watermark() {
            return Long.MAX_VALUE;
        }
    }
}
