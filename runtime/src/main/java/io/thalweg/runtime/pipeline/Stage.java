package io.thalweg.runtime.pipeline;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.Output;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.ArrayList;
import java.util.List;

/** An operator in its place: what feeds it and where its rows go. */
final class Stage implements Output {
    private final String name;
    private final Operator operator;
    private final MemoryAccount account;
    private final List<Stage> inputs;
    private final List<Edge> consumers = new ArrayList<>();
    private final boolean isStreaming;
    private int openInputs;
    private boolean isTouched;
    private long watermark = Long.MIN_VALUE;

    /** One use of a stage's rows. */
    private record Edge(Stage consumer, int port) {}

    /**
     * @param isStreaming whether all rows have been emitted as soon as all inputs have ended, without waiting for the end of
     *     the step
     */
    Stage(String name, Operator operator, MemoryAccount account, List<Stage> inputs, boolean isStreaming) {
        this.name = name;
        this.operator = operator;
        this.account = account;
        this.inputs = List.copyOf(inputs);
        this.isStreaming = isStreaming;
        this.openInputs = inputs.size();
        for (int port = 0; port < inputs.size(); port++) {
            inputs.get(port).consumers.add(new Edge(this, port));
        }
    }

    @Override
    public void emit(DeltaBatch batch) {
        if (!batch.isEmpty()) {
            for (Edge edge : consumers) {
                edge.consumer.receive(edge.port, batch);
            }
        }
    }

    void receive(int port, DeltaBatch batch) {
        isTouched = true;
        operator.onDelta(port, batch, this);
    }

    void addConsumer(Stage consumer, int port) {
        consumers.add(new Edge(consumer, port));
    }

    /** Tells the consumers that no more rows will come from here. */
    void end() {
        for (Edge edge : consumers) {
            edge.consumer.inputEnded(edge.port);
        }
    }

    private void inputEnded(int port) {
        operator.onInputEnd(port);
        openInputs--;
        if (openInputs == 0 && isStreaming) {
            end();
        }
    }

    /** Ends the step for this stage, after all its inputs. */
    void endStep() {
        isTouched = false;
        operator.onStepEnd(this);
        if (!inputs.isEmpty()) {
            watermark = Long.MAX_VALUE;
            for (Stage input : inputs) {
                watermark = Math.min(watermark, input.watermark);
            }
        }
        operator.onWatermark(watermark, this);
    }

    List<Stage> inputs() {
        return inputs;
    }

    boolean isStreaming() {
        return isStreaming;
    }

    /** Whether rows have come since the last end of a step. */
    boolean isTouched() {
        return isTouched;
    }

    /** Sets the watermark of a stage without inputs. */
    void advanceTo(long newWatermark) {
        watermark = newWatermark;
    }

    boolean isSatisfied() {
        return operator.isSatisfied();
    }

    /** What the operator remembers; no bytes means that it never will. */
    StateSize.OperatorState size() {
        return new StateSize.OperatorState(name, operator.stateRows(), account.bytes());
    }
}
