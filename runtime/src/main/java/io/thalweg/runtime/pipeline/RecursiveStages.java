package io.thalweg.runtime.pipeline;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.operator.RecursionLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The stages between the rows of a recursion and what follows from them, which are gone through several times in a step. */
final class RecursiveStages implements RecursionLoop {
    private final List<Stage> rows;
    private final List<Stage> stages;

    /**
     * @param rows where the rows of the recursion enter
     * @param candidates stages in their order, of which those belong here that the rows reach
     */
    RecursiveStages(List<Stage> rows, List<Stage> candidates) {
        this.rows = List.copyOf(rows);
        Set<Stage> reached = new LinkedHashSet<>(rows);
        List<Stage> ordered = new ArrayList<>();
        for (Stage stage : candidates) {
            if (reached.contains(stage) || stage.inputs().stream().anyMatch(reached::contains)) {
                reached.add(stage);
                ordered.add(stage);
            }
        }
        this.stages = List.copyOf(ordered);
    }

    /** In their order. */
    List<Stage> stages() {
        return stages;
    }

    @Override
    public void feed(DeltaBatch batch) {
        for (Stage stage : rows) {
            stage.receive(0, batch);
        }
    }

    @Override
    public void endRound() {
        for (Stage stage : stages) {
            stage.endStep();
        }
    }

    @Override
    public boolean isTouched() {
        return stages.stream().anyMatch(Stage::isTouched);
    }

    @Override
    public boolean isStreaming() {
        return stages.stream().allMatch(Stage::isStreaming);
    }
}
