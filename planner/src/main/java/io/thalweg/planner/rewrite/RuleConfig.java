package io.thalweg.planner.rewrite;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.tools.RelBuilderFactory;

/** The configuration of our own rules: what they match and what they build with, written without generated code. */
record RuleConfig(RelRule.OperandTransform operandSupplier, String description, RelBuilderFactory relBuilderFactory)
        implements RelRule.Config {
    static RuleConfig matching(RelRule.OperandTransform operands, String description) {
        return new RuleConfig(operands, description, RelationalOptimizer.BUILDER);
    }

    @Override
    public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
        return new RuleConfig(operandSupplier, description, factory);
    }

    @Override
    public RelRule.Config withDescription(String text) {
        return new RuleConfig(operandSupplier, text, relBuilderFactory);
    }

    @Override
    public RelRule.Config withOperandSupplier(RelRule.OperandTransform operands) {
        return new RuleConfig(operands, description, relBuilderFactory);
    }

    @Override
    public RelOptRule toRule() {
        throw new UnsupportedOperationException("our rules are made by their constructors");
    }
}
