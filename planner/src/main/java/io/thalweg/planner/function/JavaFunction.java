package io.thalweg.planner.function;

import io.thalweg.model.catalog.FunctionDefinition;
import java.util.Locale;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;

/** A function in Java as the validator sees it. */
public final class JavaFunction extends SqlFunction {
    private final JavaCallTyping typing;

    JavaFunction(FunctionDefinition definition) {
        this(definition, new JavaCallTyping(definition));
    }

    private JavaFunction(FunctionDefinition definition, JavaCallTyping typing) {
        super(
                definition.name().name().toUpperCase(Locale.ROOT),
                SqlKind.OTHER_FUNCTION,
                typing,
                typing,
                typing,
                SqlFunctionCategory.SYSTEM);
        this.typing = typing;
    }

    /** How its calls are told apart. */
    public JavaCallTyping typing() {
        return typing;
    }

    @Override
    public boolean isDeterministic() {
        return typing.definition().deterministic();
    }
}
