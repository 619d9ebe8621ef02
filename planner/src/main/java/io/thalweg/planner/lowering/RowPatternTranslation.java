package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.RowPattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Translates the regular expression of a row pattern. */
final class RowPatternTranslation {
    /** A counted repetition is written out, so it costs as many steps as it counts. */
    private static final long MAX_STEPS = 10_000;

    private final MatchVariables variables;

    RowPatternTranslation(MatchVariables variables) {
        this.variables = variables;
    }

    RowPattern translate(RexNode pattern) {
        RowPattern translated = translate(pattern, false);
        if (steps(translated) > MAX_STEPS) {
            throw new ThalwegException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "a row pattern has more than " + MAX_STEPS + " steps");
        }
        return translated;
    }

    private RowPattern translate(RexNode pattern, boolean excluded) {
        if (pattern instanceof RexLiteral literal) {
            String name = RexLiteral.stringValue(literal);
            return new RowPattern.Variable(variables.number(name == null ? "" : name), excluded);
        }
        if (pattern instanceof RexCall call) {
            switch (call.getKind()) {
                case PATTERN_CONCAT:
                    return new RowPattern.Sequence(parts(call, excluded));
                case PATTERN_ALTER:
                    return new RowPattern.Alternation(parts(call, excluded));
                case PATTERN_EXCLUDED:
                    return translate(call.operands.get(0), true);
                case PATTERN_QUANTIFIER:
                    return new RowPattern.Repetition(
                            translate(call.operands.get(0), excluded),
                            RexLiteral.intValue(call.operands.get(1)),
                            RexLiteral.intValue(call.operands.get(2)),
                            RexLiteral.booleanValue(call.operands.get(3)));
                default:
                    break;
            }
        }
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "a row pattern of this form is not supported");
    }

    private List<RowPattern> parts(RexCall call, boolean excluded) {
        List<RowPattern> parts = new ArrayList<>();
        call.operands.forEach(part -> parts.add(translate(part, excluded)));
        return parts;
    }

    private static long steps(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sum(sequence.parts());
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            return sum(alternation.parts());
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            long times = Math.max(1, Math.max(repetition.least(), repetition.most()));
            return Math.min(MAX_STEPS + 1, steps(repetition.part()) * times + 1);
        }
        return 1;
    }

    private static long sum(List<RowPattern> parts) {
        return parts.stream().mapToLong(RowPatternTranslation::steps).sum();
    }
}
