package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LiteralRows;
import io.thalweg.model.plan.ValuesNode;
import java.util.List;

/** A fixed relation. Its rows are asked for once, before anything else happens in the first step. */
public final class ValuesOperator implements Operator {
    private final List<DeltaBatch> batches;

    public ValuesOperator(ValuesNode node) {
        this.batches = LiteralRows.batches(node.type(), node.rows());
    }

    /** Emits all rows. */
    public void emitAll(Output output) {
        batches.forEach(output::emit);
    }
}
