package io.thalweg.model.plan;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import java.util.List;

/** Puts the values that a user gave in the place of a plan's parameters. */
public final class ParameterBinding extends PlanRewriter {
    private final List<Literal> values;

    private ParameterBinding(List<Literal> values) {
        this.values = values;
    }

    /**
     * The plan with constants for its parameters.
     *
     * @param values one for each parameter, of its type but for nullability
     */
    public static PhysicalPlan bind(PhysicalPlan plan, List<Literal> values) {
        int expected = plan.parameterTypes().size();
        if (values.size() != expected) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH,
                    "the statement has " + expected + " parameters, but " + values.size() + " values were given");
        }
        if (expected == 0) {
            return plan;
        }
        PlanNode root = plan.root().accept(new ParameterBinding(values));
        return new PhysicalPlan(root, plan.emitMode(), plan.appendOnly(), plan.key(), List.of());
    }

    @Override
    public ScalarExpression visitParameter(ParameterReference parameter) {
        return new Literal(values.get(parameter.index()).value(), parameter.type());
    }
}
