package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.RecursionNode;

/**
 * A recursive relation. What follows from its rows is kept up to date by the part of the pipeline between its rows and its
 * second input, which is gone through in rounds at the end of each step until nothing new comes of it.
 *
 * <p>Without ALL the rows that are there stay fed, so that rows that are new cost what follows from them. Rows that may have
 * lost their ground go first, with all that followed from them, and those that still follow from others come back: a row must
 * not be its own reason. With ALL every round feeds the rows of the last one alone, from the start for each step that changes
 * anything.
 */
public final class RecursionOperator implements Operator {
    private static final int START = 0;
    private static final int MAX_ROUNDS = 100_000;

    private final String name;
    private final boolean all;
    private final RecursionLoop loop;
    private final Runnable cancellationCheck;
    private final RecursionState state;
    private int rounds;

    public RecursionOperator(RecursionNode node, RecursionLoop loop, OperatorContext context) {
        this.name = node.name();
        this.all = node.all();
        this.loop = loop;
        this.cancellationCheck = context.cancellationCheck();
        this.state = new RecursionState(node.type(), context.account());
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(port == START, batch);
    }

    @Override
    public void onStepEnd(Output output) {
        rounds = 0;
        boolean isTouched = loop.isTouched();
        loop.endRound();
        if (!all) {
            withdraw(isTouched);
            grow();
        } else if (isTouched || state.isChanged()) {
            repeat();
        }
        state.endStep(output);
    }

    private void endRound() {
        cancellationCheck.run();
        if (++rounds > MAX_ROUNDS) {
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "recursive query " + name + " has not come to an end after " + MAX_ROUNDS + " rounds")
                    .withHint("Add a condition that ends it, or UNION without ALL if the same rows come again.");
        }
        loop.endRound();
    }

    /** Takes rows out that may not follow from the start any more. */
    private void withdraw(boolean isTouched) {
        if (loop.isStreaming()) {
            while (state.withdrawHurt(loop::feed)) {
                endRound();
            }
        } else if (isTouched || state.hasHurt()) {
            // A row may have lost a reason and got another in its place without being told of either.
            state.withdrawAll(loop::feed);
            endRound();
        }
        state.forgetHurt();
    }

    private void grow() {
        while (state.feedNew(loop::feed)) {
            endRound();
            state.forgetHurt();
        }
    }

    private void repeat() {
        state.restart();
        while (state.feedRound(loop::feed)) {
            endRound();
        }
        loop.endRound();
    }

    @Override
    public long stateRows() {
        return state.rowCount();
    }
}
