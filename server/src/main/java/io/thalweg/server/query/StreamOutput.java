package io.thalweg.server.query;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.RowHold;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.view.DeltaAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the answer of a continuous query to a stream. Each block carries the query's number, so the rows that the query
 * has written are known, whatever others write. As the answer only grows, what is missing after a crash is the answer less
 * these rows, each as often as it is there: no position is kept that could disagree with them.
 */
final class StreamOutput implements QueryOutput, BlockTags {
    private static final Logger LOG = LoggerFactory.getLogger(StreamOutput.class);
    /** Far from the numbers that other producers are given. */
    private static final long FIRST_PRODUCER = 1L << 62;

    private static final short EPOCH = 0;
    /** So much of a step waits before it is written; the rows of one step may be seen in parts. */
    private static final long MAX_WAITING_BYTES = 8 << 20;

    private final String title;
    private final long producerId;
    private final int width;
    private final Supplier<StoredRelation> target;
    private final RowIngest ingest;
    private final Map<PartitionLog, Integer> sequences = new HashMap<>();
    private final Map<PartitionLog, RowHold> holds = new HashMap<>();
    private final DeltaAccumulator owed;
    private final List<DeltaBatch> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean isOwed;
    // Written by the query's thread, read by SYS.QUERIES.
    private volatile long rows;

    /** From here on the rows that the query has written are held. */
    StreamOutput(ContinuousQueryDefinition query, Supplier<StoredRelation> target, RowIngest ingest) {
        this.title = "query " + query.name();
        this.producerId = FIRST_PRODUCER + query.id();
        this.width = query.plan().type().size();
        this.target = target;
        this.ingest = ingest;
        this.owed = new DeltaAccumulator(query.plan().type());
        target.get().shards().current().logs().forEach(this::hold);
    }

    private void hold(PartitionLog partition) {
        holds.computeIfAbsent(partition, log -> log.hold(title));
    }

    @Override
    public void recover(QueryControl control) {
        StoredRelation stream = target.get();
        StoredColumns columns = new StoredColumns(stream.columns());
        for (PartitionLog partition : stream.shards().current().logs()) {
            hold(partition);
            long end = partition.endOffset();
            try (LogCursor cursor = partition.read(partition.startOffset(), end)) {
                while (cursor.next()) {
                    control.check();
                    if (isOwn(cursor)) {
                        DeltaBatch written = columns.decode(
                                cursor.payload(), IntStream.range(0, width).toArray());
                        int[] weights = new int[written.rowCount()];
                        Arrays.fill(weights, -1);
                        owed.add(written.withWeights(weights));
                        isOwed = true;
                        sequences.put(partition, next(cursor.producer().sequence(), cursor.rowCount()));
                    }
                }
            }
        }
    }

    private boolean isOwn(LogCursor cursor) {
        return cursor.producer().producerId() == producerId && cursor.payloadKind() == PayloadKind.COLUMNAR_BLOCK;
    }

    private static int next(int sequence, int rows) {
        return (int) ((sequence + (long) rows) & Integer.MAX_VALUE);
    }

    @Override
    public void accept(DeltaBatch delta) {
        List<DeltaBatch> checked = RowIngest.checked(target.get(), List.of(delta));
        if (isOwed) {
            checked.forEach(owed::add);
            return;
        }
        for (DeltaBatch batch : checked) {
            waiting.add(WeightedRows.repeat(batch));
            waitingBytes += BatchSize.bytes(batch);
        }
        if (waitingBytes > MAX_WAITING_BYTES) {
            write();
        }
    }

    @Override
    public void stepDone(StepInfo step) {
        // The query says so itself, outside of the pipeline.
    }

    @Override
    public void finishStep() {
        if (isOwed) {
            isOwed = false;
            owed.drain().forEach(this::addMissing);
        }
        write();
    }

    private void addMissing(DeltaBatch difference) {
        int[] missing = new int[difference.rowCount()];
        int count = 0;
        for (int row = 0; row < difference.rowCount(); row++) {
            if (difference.weight(row) > 0) {
                missing[count++] = row;
            }
        }
        if (count < difference.rowCount()) {
            LOG.warn(
                    "{} has written {} rows that its answer does not have any more: rows that it has read were lost",
                    title,
                    difference.rowCount() - count);
        }
        if (count > 0) {
            waiting.add(WeightedRows.repeat(difference.select(missing, count)));
        }
    }

    private void write() {
        if (!waiting.isEmpty()) {
            long written = rows + ingest.ingest(target.get(), waiting, this);
            rows = written;
            waiting.clear();
            waitingBytes = 0;
        }
    }

    @Override
    public ProducerSequence next(PartitionLog partition) {
        hold(partition);
        return new ProducerSequence(producerId, EPOCH, sequences.getOrDefault(partition, 0));
    }

    @Override
    public void taken(PartitionLog partition, int taken) {
        sequences.put(partition, next(sequences.getOrDefault(partition, 0), taken));
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        holds.values().forEach(RowHold::close);
    }
}
