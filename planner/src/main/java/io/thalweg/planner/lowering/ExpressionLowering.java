package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.planner.function.JavaFunction;
import io.thalweg.planner.type.TypeTranslator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Translates expressions over one row. What it does not know it refuses by name. */
public final class ExpressionLowering extends RexVisitorImpl<ScalarExpression> {
    private final CurrentTime currentTime;
    private final Function<SqlParserPos, Optional<SourceSpan>> places;

    public ExpressionLowering(CurrentTime currentTime) {
        this(currentTime, position -> Optional.empty());
    }

    /** @param places where in the user's text a position is, if that is known */
    public ExpressionLowering(CurrentTime currentTime, Function<SqlParserPos, Optional<SourceSpan>> places) {
        super(false);
        this.currentTime = currentTime;
        this.places = places;
    }

    /** The expression in our terms, with the parts of it that are constant evaluated where that is trivial. */
    public ScalarExpression lower(RexNode expression) {
        return expression.accept(this);
    }

    CurrentTime currentTime() {
        return currentTime;
    }

    @Override
    public ScalarExpression visitInputRef(RexInputRef reference) {
        return new ColumnReference(reference.getIndex(), TypeTranslator.toModel(reference.getType()));
    }

    @Override
    public ScalarExpression visitLiteral(RexLiteral literal) {
        return LiteralTranslator.toModel(literal);
    }

    @Override
    public ScalarExpression visitDynamicParam(RexDynamicParam parameter) {
        return new ParameterReference(parameter.getIndex(), TypeTranslator.toParameter(parameter.getType()));
    }

    @Override
    public ScalarExpression visitCall(RexCall call) {
        if (call.getOperator() instanceof JavaFunction function) {
            return JavaCalls.lower(function, new CallSite(call, this));
        }
        CallLowering lowering = CallLoweringTable.INSTANCE.find(call.getOperator());
        if (lowering == null) {
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "function " + name + " is not supported");
        }
        try {
            return ConstantFolding.fold(lowering.lower(new CallSite(call, this)));
        } catch (ThalwegException e) {
            throw e.span().isPresent()
                    ? e
                    : places.apply(call.getParserPosition()).map(e::at).orElse(e);
        }
    }

    @Override
    public ScalarExpression visitFieldAccess(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "column " + access.getField().getName()
                            + " of a query around this one cannot be read at this place");
        }
        return CollectionCalls.field(
                access.getReferenceExpr().accept(this), access.getField().getIndex());
    }

    @Override
    public ScalarExpression visitOver(RexOver over) {
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "OVER is not supported");
    }

    @Override
    public ScalarExpression visitSubQuery(RexSubQuery query) {
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "a sub-query at this place is not supported");
    }
}
