package io.thalweg.tests.differential;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One pipeline of a plan, to which changes are given in steps, and the sum of what it has put out. */
final class Replay {
    private static final long STATE_BYTES = 1L << 28;

    private final Pipeline pipeline;
    private final RowType type;
    private final Map<String, Integer> rows = new HashMap<>();
    private int steps;

    Replay(PhysicalPlan plan) {
        type = plan.type();
        pipeline =
                Pipeline.build(plan, new Sum(), PipelineConfig.of(STATE_BYTES).withGuarded(true));
    }

    /** Adds up what comes out. */
    private final class Sum implements PipelineSink {
        @Override
        public void accept(DeltaBatch delta) {
            for (int row = 0; row < delta.rowCount(); row++) {
                String text = CellText.row(type, delta, row);
                if (rows.merge(text, delta.weight(row), Integer::sum) == 0) {
                    rows.remove(text);
                }
            }
        }

        @Override
        public void stepDone(StepInfo step) {}
    }

    /** One step with these changes, in this order; with a source of randomness they are cut into several batches. */
    void step(List<Change> changes, Random cuts) {
        for (int scan = 0; scan < pipeline.scans().size(); scan++) {
            ScanNode node = pipeline.scans().get(scan);
            int table = (int) node.objectId() - 1;
            DeltaBatchBuilder batch = new DeltaBatchBuilder(node.type());
            for (Change change : changes) {
                if (change.table() == table) {
                    append(batch, node, change);
                    if (cuts != null && cuts.nextInt(4) == 0) {
                        pipeline.push(scan, batch.build());
                        batch = new DeltaBatchBuilder(node.type());
                    }
                }
            }
            if (!batch.isEmpty()) {
                pipeline.push(scan, batch.build());
            }
        }
        endStep();
    }

    private void endStep() {
        long[] watermarks = new long[pipeline.scans().size()];
        Arrays.fill(watermarks, Long.MAX_VALUE);
        pipeline.endStep(new StepInfo(++steps, watermarks));
    }

    private static void append(DeltaBatchBuilder batch, ScanNode scan, Change change) {
        for (int i = 0; i < scan.columns().size(); i++) {
            append(
                    batch.column(i),
                    scan.type().type(i),
                    change.row().get(scan.columns().get(i)));
        }
        batch.endRow(change.weight());
    }

    private static void append(ColumnBuilder column, SqlType type, Object value) {
        if (value == null) {
            column.appendNull();
        } else if (value instanceof Boolean truth) {
            column.appendBoolean(truth);
        } else if (value instanceof Double number) {
            column.appendDouble(number);
        } else if (value instanceof BigDecimal decimal) {
            column.appendLong(decimal.unscaledValue().longValueExact());
        } else if (value instanceof Long number) {
            if (type.name() == TypeName.INTEGER) {
                column.appendInt(number.intValue());
            } else {
                column.appendLong(number);
            }
        } else {
            column.appendText((String) value);
        }
    }

    /** How many rows the operators remember. */
    long stateRows() {
        return pipeline.stateSize().rows();
    }

    /** The sum of all output as sorted lines; a row whose weight is not a number of rows shows its weight. */
    List<String> rows() {
        List<String> lines = new ArrayList<>();
        rows.forEach((row, weight) -> {
            for (int i = 0; i < weight; i++) {
                lines.add(row);
            }
            if (weight < 0) {
                lines.add(weight + " x " + row);
            }
        });
        lines.sort(null);
        return lines;
    }
}
