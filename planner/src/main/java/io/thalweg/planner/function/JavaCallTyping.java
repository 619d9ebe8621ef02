package io.thalweg.planner.function;

import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.JavaSignature;
import io.thalweg.model.expression.JavaType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.type.TypeTranslator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Which method of a function in Java a call means: of those whose parameters can take the arguments without a loss the one that
 * converts least, and of several such the one whose types come first.
 */
public final class JavaCallTyping implements SqlReturnTypeInference, SqlOperandTypeChecker, SqlOperandTypeInference {
    private static final int IMPOSSIBLE = 1_000_000;
    private static final Set<SqlTypeName> UNTYPED = EnumSet.of(SqlTypeName.UNKNOWN, SqlTypeName.ANY, SqlTypeName.NULL);
    private static final List<TypeName> WHOLE_NUMBERS =
            List.of(TypeName.TINYINT, TypeName.SMALLINT, TypeName.INTEGER, TypeName.BIGINT);

    private final FunctionDefinition definition;

    JavaCallTyping(FunctionDefinition definition) {
        this.definition = definition;
    }

    /** The function whose calls these are. */
    public FunctionDefinition definition() {
        return definition;
    }

    /** The method for arguments of these types, if there is one. */
    public Optional<JavaSignature> choose(List<SqlType> arguments) {
        JavaSignature best = null;
        int least = IMPOSSIBLE;
        for (JavaSignature signature : definition.signatures()) {
            int cost = cost(signature, arguments);
            if (cost < least) {
                least = cost;
                best = signature;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int cost(JavaSignature signature, List<SqlType> arguments) {
        if (signature.parameters().size() != arguments.size()) {
            return IMPOSSIBLE;
        }
        int sum = 0;
        for (int i = 0; i < arguments.size(); i++) {
            sum += cost(arguments.get(i).name(), signature.parameters().get(i));
        }
        return sum;
    }

    private static int cost(TypeName from, JavaType parameter) {
        TypeName to = parameter.sqlType().name();
        if (from == to) {
            return 0;
        }
        if (from == TypeName.NULL || (from.isText() && to.isText())) {
            return 1;
        }
        int wider = WHOLE_NUMBERS.indexOf(to) - WHOLE_NUMBERS.indexOf(from);
        if (WHOLE_NUMBERS.contains(from)) {
            return switch (to) {
                case INTEGER, BIGINT -> wider > 0 ? wider : IMPOSSIBLE;
                case DECIMAL -> 10;
                case DOUBLE -> 20;
                case REAL -> 30;
                default -> IMPOSSIBLE;
            };
        }
        return switch (to) {
            case DOUBLE -> from == TypeName.REAL ? 1 : from == TypeName.DECIMAL ? 20 : IMPOSSIBLE;
            case REAL -> from == TypeName.DECIMAL ? 30 : IMPOSSIBLE;
            case TIMESTAMP -> from == TypeName.DATE ? 1 : IMPOSSIBLE;
            default -> IMPOSSIBLE;
        };
    }

    private static List<SqlType> types(List<RelDataType> arguments) {
        return arguments.stream()
                .map(type -> UNTYPED.contains(type.getSqlTypeName()) ? SqlType.NULL : TypeTranslator.toModel(type))
                .toList();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        List<SqlType> arguments = types(binding.collectOperandTypes());
        boolean known = choose(arguments).isPresent();
        if (!known && throwOnFailure) {
            SqlParserPos place = binding.getCall().getParserPosition();
            throw new CalciteContextException(
                    "no such function",
                    unknown(arguments),
                    place.getLineNum(),
                    place.getColumnNum(),
                    place.getEndLineNum(),
                    place.getEndColumnNum());
        }
        return known;
    }

    /** What to throw where no method takes the arguments. */
    public ThalwegException unknown(List<SqlType> arguments) {
        String said = arguments.stream().map(SqlType::sqlText).collect(Collectors.joining(", "));
        String there =
                definition.signatures().stream().map(JavaSignature::sqlText).collect(Collectors.joining("; "));
        return new ThalwegException(
                        ErrorCode.UNDEFINED_FUNCTION,
                        "function " + definition.name().name() + " does not take arguments of type (" + said + ")")
                .withHint("It takes and returns: " + there + ".");
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        List<SqlType> arguments = types(binding.collectOperandTypes());
        JavaSignature signature = choose(arguments).orElseThrow(() -> unknown(arguments));
        return TypeTranslator.toCalcite(result(signature, arguments));
    }

    /** A call with NULL for a primitive parameter is NULL. */
    private static SqlType result(JavaSignature signature, List<SqlType> arguments) {
        boolean nullable = !signature.result().isPrimitive();
        for (int i = 0; i < arguments.size(); i++) {
            nullable |= signature.parameters().get(i).isPrimitive()
                    && arguments.get(i).nullable();
        }
        return signature.result().sqlType().withNullable(nullable);
    }

    @Override
    public void inferOperandTypes(SqlCallBinding binding, RelDataType returnType, RelDataType[] operandTypes) {
        definition.signatures().stream()
                .filter(signature -> signature.parameters().size() == operandTypes.length)
                .findFirst()
                .ifPresent(signature -> {
                    for (int i = 0; i < operandTypes.length; i++) {
                        operandTypes[i] = TypeTranslator.toCalcite(
                                signature.parameters().get(i).sqlType());
                    }
                });
    }

    /** Any: a wrong number is told as a wrong type is. */
    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
        return definition.signatures().stream().map(JavaSignature::sqlText).collect(Collectors.joining("; "));
    }
}
