package io.thalweg.runtime.pipeline;

import java.util.List;

/**
 * What the operators of a pipeline remember.
 *
 * @param operators those that can remember anything, inputs before the operators that read them
 */
public record StateSize(List<OperatorState> operators) {
    /**
     * What one operator remembers.
     *
     * @param operator what EXPLAIN and messages call it
     * @param rows rows or groups
     * @param bytes memory, including what is set aside to grow into
     */
    public record OperatorState(String operator, long rows, long bytes) {}

    public StateSize {
        operators = List.copyOf(operators);
    }

    /** Rows and groups of all operators. */
    public long rows() {
        return operators.stream().mapToLong(OperatorState::rows).sum();
    }

    /** Memory of all operators. */
    public long bytes() {
        return operators.stream().mapToLong(OperatorState::bytes).sum();
    }
}
