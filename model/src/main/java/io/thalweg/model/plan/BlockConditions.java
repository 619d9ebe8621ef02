package io.thalweg.model.plan;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a plan what the rows of each scan of a log must meet to be wanted by anybody. The conditions stay where they
 * are and are evaluated for each row: a scan that leaves out blocks on their grounds only spares the work. An error that
 * another part of a condition would raise for such a row is spared too.
 */
public final class BlockConditions {
    private final Map<ScanNode, List<Optional<BlockCondition>>> found = new HashMap<>();

    private BlockConditions() {}

    /** The condition of each scan that has one. */
    public static Map<ScanNode, BlockCondition> of(PhysicalPlan plan) {
        BlockConditions conditions = new BlockConditions();
        conditions.visit(plan.root(), Optional.empty());
        Map<ScanNode, BlockCondition> result = new HashMap<>();
        conditions.found.forEach((scan, all) -> {
            if (all.stream().allMatch(Optional::isPresent)) {
                List<BlockCondition> parts =
                        all.stream().flatMap(Optional::stream).toList();
                result.put(scan, parts.size() == 1 ? parts.get(0) : new BlockCondition.Any(parts));
            }
        });
        return result;
    }

    /** Those parts of the condition over a scan by which blocks can be left out; none if there is no such scan. */
    public static List<ScalarExpression> parts(CalcNode calc) {
        if (!(calc.input() instanceof ScanNode scan) || !readsLog(scan)) {
            return List.of();
        }
        ConditionTranslation translation = new ConditionTranslation(scan);
        return conjuncts(calc).stream()
                .filter(part -> translation.translate(part).isPresent())
                .toList();
    }

    private static boolean readsLog(ScanNode scan) {
        return scan.kind() == SourceKind.STREAM || scan.kind() == SourceKind.LATE_ROWS;
    }

    private static List<ScalarExpression> conjuncts(CalcNode calc) {
        ScalarExpression condition = calc.condition().orElse(null);
        if (condition == null) {
            return List.of();
        }
        return condition instanceof FunctionCall call && call.function() == ScalarFunction.AND
                ? call.arguments()
                : List.of(condition);
    }

    private void visit(PlanNode node, Optional<BlockCondition> condition) {
        if (node instanceof ScanNode scan && readsLog(scan)) {
            found.computeIfAbsent(scan, key -> new ArrayList<>()).add(condition);
        }
        Optional<BlockCondition> below = Optional.empty();
        if (node instanceof CalcNode calc && calc.input() instanceof ScanNode scan) {
            ConditionTranslation translation = new ConditionTranslation(scan);
            below = calc.condition().flatMap(translation::translate);
        }
        for (PlanNode input : node.inputs()) {
            visit(input, below);
        }
    }
}
