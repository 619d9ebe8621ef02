package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * A query, ready to run.
 *
 * @param root the node whose rows are the answer
 * @param appendOnly whether the answer only ever grows, so that its changes need no {@code op} column
 * @param key columns of the answer that no two rows share, for telling an update from a delete and an insert; an empty
 *     list if the answer never has two rows; absent if no key is known
 * @param parameterTypes the types of the parameters in order; if there are any, expressions hold
 *     {@link io.thalweg.model.expression.ParameterReference}s or the plan reads a {@link ParametersNode}
 */
public record PhysicalPlan(
        PlanNode root,
        EmitMode emitMode,
        boolean appendOnly,
        Optional<List<Integer>> key,
        List<SqlType> parameterTypes) {
    /** The version of the plan format: written with a stored plan, checked when it is read. */
    public static final int FORMAT_VERSION = 1;

    public PhysicalPlan {
        key = key.map(List::copyOf);
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** The columns of the answer. */
    public RowType type() {
        return root.type();
    }
}
