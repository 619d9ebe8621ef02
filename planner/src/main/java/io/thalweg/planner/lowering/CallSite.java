package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.type.TypeTranslator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** A call of an operator, with its arguments translated when they are asked for. */
final class CallSite {
    private final RexCall call;
    private final ExpressionLowering lowering;
    private final SqlType type;

    CallSite(RexCall call, ExpressionLowering lowering) {
        this.call = call;
        this.lowering = lowering;
        this.type = TypeTranslator.toModel(call.getType());
    }

    /** The type that the validator gave the result. */
    SqlType type() {
        return type;
    }

    int size() {
        return call.operands.size();
    }

    RexNode operand(int index) {
        return call.operands.get(index);
    }

    CurrentTime currentTime() {
        return lowering.currentTime();
    }

    ScalarExpression argument(int index) {
        return operand(index).accept(lowering);
    }

    /** The argument made to be of a type. */
    ScalarExpression argument(int index, SqlType target) {
        return Coercion.cast(argument(index), target);
    }

    List<ScalarExpression> arguments() {
        return IntStream.range(0, size()).mapToObj(this::argument).toList();
    }

    /** An argument that is a word of the syntax, such as a unit of time. */
    <E extends Enum<E>> E word(int index, Class<E> words) {
        if (operand(index) instanceof RexLiteral literal) {
            return Objects.requireNonNull(literal.getValueAs(words), "a word of the syntax without a value");
        }
        throw unsupported("with an argument that is not a constant word");
    }

    /** A call with the result's type. */
    ScalarExpression result(ScalarFunction function, ScalarExpression... arguments) {
        return FunctionCall.of(function, type, arguments);
    }

    ScalarExpression result(ScalarFunction function, List<ScalarExpression> arguments) {
        return new FunctionCall(function, arguments, type);
    }

    /** The value as one of the result's type. */
    ScalarExpression asResult(ScalarExpression value) {
        return Coercion.cast(value, type);
    }

    /** What the user calls it, in upper case. */
    String name() {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }

    /** An error that names the function. */
    ThalwegException unsupported(String how) {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "function " + name() + " " + how + " is not supported");
    }

    /** The text of a constant argument. */
    String constantText(int index) {
        if (argument(index) instanceof Literal literal && literal.value() instanceof String text) {
            return text;
        }
        throw unsupported("with an argument that is not a constant text");
    }

    /** The whole number of a constant argument. */
    long constantNumber(int index) {
        if (argument(index, SqlType.BIGINT) instanceof Literal literal && literal.value() instanceof Long number) {
            return number;
        }
        throw unsupported("with an argument that is not a constant whole number");
    }
}
