package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.BIGINT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.INTEGER;
import static io.thalweg.planner.function.LibraryFunction.Parameter.NUMBER;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT_OR_BYTES;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Functions that other systems have and that are short for an expression of others. */
public final class ShorthandOperators {
    private static final SqlReturnTypeInference VARCHAR =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** {@code DECODE(value, wanted, result, ... [, other])}: NULL is found, too. */
    public static final SqlFunction DECODE = SqlBasicFunction.create(
            "DECODE",
            ShorthandOperators::decoded,
            OperandTypes.repeat(SqlOperandCountRanges.from(3), OperandTypes.ANY));
    /** {@code TYPEOF(value)}. */
    public static final SqlFunction TYPEOF =
            SqlBasicFunction.create("TYPEOF", ReturnTypes.explicit(SqlTypeName.VARCHAR), OperandTypes.ANY);
    /** {@code FORMAT(pattern, value, ...)}: as in PostgreSQL. */
    public static final SqlFunction FORMAT = SqlBasicFunction.create(
            "FORMAT",
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.ARG0_NULLABLE),
            OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.ANY));
    /** {@code LOCATE(part, text[, start])}. */
    public static final SqlFunction LOCATE =
            LibraryFunction.operator("LOCATE", ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT, INTEGER);
    /** Another name for {@link #LOCATE}. */
    public static final SqlFunction CHARINDEX =
            LibraryFunction.operator("CHARINDEX", ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT, INTEGER);
    /** {@code SPACE(n)}. */
    public static final SqlFunction SPACE = LibraryFunction.operator("SPACE", VARCHAR, 1, INTEGER);
    /** {@code BIT_LENGTH(text)}. */
    public static final SqlFunction BIT_LENGTH =
            LibraryFunction.operator("BIT_LENGTH", ReturnTypes.INTEGER_NULLABLE, 1, TEXT_OR_BYTES);
    /** {@code DIV(a, b)}: how often b is in a. */
    public static final SqlFunction DIV =
            LibraryFunction.operator("DIV", ReturnTypes.BIGINT_NULLABLE, 2, BIGINT, BIGINT);
    /** {@code TRUNC(number[, digits])}. */
    public static final SqlFunction TRUNC =
            LibraryFunction.operator("TRUNC", ReturnTypes.ARG0_NULLABLE, 1, NUMBER, INTEGER);
    /** {@code E()}. */
    public static final SqlFunction E = SqlBasicFunction.create("E", ReturnTypes.DOUBLE, OperandTypes.NILADIC);
    /** {@code IIF(condition, value, other)}. */
    public static final SqlFunction IIF = SqlBasicFunction.create(
            "IIF",
            binding -> binding.getTypeFactory()
                    .leastRestrictive(List.of(binding.getOperandType(1), binding.getOperandType(2))),
            OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY));

    /** {@code NORMALIZE(text[, 'NFC'])}. */
    public static final SqlFunction NORMALIZE = LibraryFunction.operator("NORMALIZE", VARCHAR, 1, TEXT, TEXT);
    /** {@code PARSE_URL(url, part[, parameter])}. */
    public static final SqlFunction PARSE_URL = LibraryFunction.operator(
            "PARSE_URL",
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
            2,
            TEXT,
            TEXT,
            TEXT);

    private ShorthandOperators() {}

    /** All of them. */
    static List<SqlFunction> all() {
        return List.of(
                DECODE, TYPEOF, FORMAT, LOCATE, CHARINDEX, SPACE, BIT_LENGTH, DIV, TRUNC, E, IIF, NORMALIZE, PARSE_URL);
    }

    /** What goes with all results, NULL if nothing is found and there is no other. */
    private static RelDataType decoded(SqlOperatorBinding binding) {
        List<RelDataType> results = new ArrayList<>();
        int count = binding.getOperandCount();
        for (int i = 2; i < count; i += 2) {
            results.add(binding.getOperandType(i));
        }
        boolean hasOther = count % 2 == 0;
        if (hasOther) {
            results.add(binding.getOperandType(count - 1));
        }
        RelDataType common = binding.getTypeFactory().leastRestrictive(results);
        return common == null || hasOther ? common : binding.getTypeFactory().createTypeWithNullability(common, true);
    }
}
