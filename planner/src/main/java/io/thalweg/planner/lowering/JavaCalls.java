package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.JavaSignature;
import io.thalweg.model.expression.JavaType;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.JavaCallTyping;
import io.thalweg.planner.function.JavaFunction;
import java.util.ArrayList;
import java.util.List;

/** Calls of functions in Java. */
final class JavaCalls {
    private JavaCalls() {}

    static ScalarExpression lower(JavaFunction function, CallSite call) {
        JavaCallTyping typing = function.typing();
        if (!typing.definition().deterministic() && !call.currentTime().isFixed()) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "function " + typing.definition().name().name()
                                    + " is NOT DETERMINISTIC, so that an answer could not be kept up to date: what it gave a row"
                                    + " that comes is not what it would give the row when it goes")
                    .withHint(
                            "A query that ends may call it. Or put its result into a column where the rows are made.");
        }
        List<ScalarExpression> given = call.arguments();
        List<SqlType> types = given.stream().map(ScalarExpression::type).toList();
        JavaSignature signature = typing.choose(types).orElseThrow(() -> typing.unknown(types));
        List<ScalarExpression> arguments = new ArrayList<>();
        arguments.add(typing.definition().method(signature).literal());
        for (int i = 0; i < given.size(); i++) {
            arguments.add(converted(given.get(i), signature.parameters().get(i)));
        }
        return call.result(ScalarFunction.JAVA, arguments);
    }

    private static ScalarExpression converted(ScalarExpression argument, JavaType parameter) {
        TypeName from = argument.type().name();
        if (from == parameter.sqlType().name() || (from.isText() && parameter == JavaType.STRING)) {
            return argument;
        }
        boolean exact = parameter == JavaType.BIG_DECIMAL && from != TypeName.NULL;
        return Coercion.cast(argument, exact ? Coercion.asDecimal(argument.type()) : parameter.sqlType());
    }
}
