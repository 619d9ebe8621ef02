package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.expression.CalcFunction;
import io.thalweg.runtime.expression.ExpressionCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inner join, symmetric: rows of one input are first matched with what the other has brought so far, then kept for
 * what it will bring. So each pair of rows meets exactly once, whatever the order, and the join emits at once. Weights
 * multiply. Once an input has ended the other's rows need not be kept any more, and where the condition bounds the distance
 * in time of two partners, the watermark tells when a row has met all of its.
 */
public final class JoinOperator implements Operator {
    /** The port of the left input. */
    public static final int LEFT = 0;
    /** The port of the right input. */
    public static final int RIGHT = 1;

    private final int[] leftKeys;
    private final int[] rightKeys;
    private final Optional<CalcFunction> residual;
    private final Runnable cancellationCheck;
    private final JoinState state;

    /**
     * @param leftAppendOnly whether no row of the left input is ever deleted
     * @param rightAppendOnly the same of the right input
     */
    public JoinOperator(JoinNode node, boolean leftAppendOnly, boolean rightAppendOnly, OperatorContext context) {
        this.leftKeys = node.leftKeys().stream().mapToInt(Integer::intValue).toArray();
        this.rightKeys = node.rightKeys().stream().mapToInt(Integer::intValue).toArray();
        this.residual = node.residual().map(condition -> compile(condition, node.type()));
        this.cancellationCheck = context.cancellationCheck();
        this.state = new JoinState(node, leftAppendOnly, rightAppendOnly, context.account());
    }

    private static CalcFunction compile(ScalarExpression condition, RowType type) {
        List<ScalarExpression> columns = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            columns.add(new ColumnReference(i, type.type(i)));
        }
        return ExpressionCompiler.compile(type, Optional.of(condition), columns, type);
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.beginProbe(port, batch, batch.project(port == LEFT ? leftKeys : rightKeys));
        while (state.collectMatches()) {
            cancellationCheck.run();
            DeltaBatch matches = state.takeMatches();
            output.emit(residual.isPresent() ? residual.get().apply(matches) : matches);
        }
        state.keep(port, batch);
    }

    @Override
    public void onInputEnd(int port) {
        state.end(port);
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        state.advanceTo(watermark);
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
