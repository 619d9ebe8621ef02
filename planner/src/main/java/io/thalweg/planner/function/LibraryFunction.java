package io.thalweg.planner.function;

import io.thalweg.model.expression.ScalarFunction;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A function called as {@code NAME(argument, ...)} that the runtime has under one name: the whole of its definition.
 *
 * @param operator what Calcite checks calls against
 * @param implementation what the runtime is told to call
 * @param parameters what each argument is made to be; the last ones may be left out of a call
 */
public record LibraryFunction(SqlFunction operator, ScalarFunction implementation, List<Parameter> parameters) {
    /** What an argument is converted to before the call. */
    public enum Parameter {
        TEXT(SqlTypeFamily.CHARACTER, SqlTypeName.VARCHAR),
        INTEGER(SqlTypeFamily.INTEGER, SqlTypeName.INTEGER),
        BIGINT(SqlTypeFamily.INTEGER, SqlTypeName.BIGINT),
        DOUBLE(SqlTypeFamily.NUMERIC, SqlTypeName.DOUBLE),
        TIMESTAMP(SqlTypeFamily.TIMESTAMP, SqlTypeName.TIMESTAMP),
        /** A date, or the date of a timestamp. */
        DATE(SqlTypeFamily.DATETIME, SqlTypeName.DATE),
        /** A date or a timestamp, as a timestamp of all digits. */
        MOMENT(SqlTypeFamily.DATETIME, SqlTypeName.TIMESTAMP),
        /** A date or a timestamp, as it is. */
        DATETIME(SqlTypeFamily.DATETIME, SqlTypeName.TIMESTAMP),
        INTERVAL(SqlTypeFamily.DATETIME_INTERVAL, SqlTypeName.VARCHAR),
        NUMBER(SqlTypeFamily.NUMERIC, SqlTypeName.DOUBLE),
        BOOLEAN(SqlTypeFamily.BOOLEAN, SqlTypeName.BOOLEAN),
        BYTES(SqlTypeFamily.BINARY, SqlTypeName.VARBINARY),
        /** Text or bytes, as they are. */
        TEXT_OR_BYTES(SqlTypeFamily.STRING, SqlTypeName.VARCHAR);

        private final SqlTypeFamily family;
        private final SqlTypeName untyped;

        /** @param untyped the type of a statement's parameter that is given as the argument */
        Parameter(SqlTypeFamily family, SqlTypeName untyped) {
            this.family = family;
            this.untyped = untyped;
        }
    }

    /** Defines a function of which the first {@code required} parameters must be given. */
    static LibraryFunction of(
            String name,
            ScalarFunction implementation,
            SqlReturnTypeInference result,
            int required,
            Parameter... parameters) {
        return new LibraryFunction(operator(name, result, required, parameters), implementation, List.of(parameters));
    }

    /** What calls are checked against, of which the first {@code required} parameters must be given. */
    static SqlFunction operator(String name, SqlReturnTypeInference result, int required, Parameter... parameters) {
        List<SqlTypeFamily> families =
                List.of(parameters).stream().map(p -> p.family).toList();
        return SqlBasicFunction.create(name, result, OperandTypes.family(families, index -> index >= required))
                .withOperandTypeInference((binding, resultType, types) -> {
                    for (int i = 0; i < Math.min(types.length, parameters.length); i++) {
                        types[i] = binding.getTypeFactory().createSqlType(parameters[i].untyped);
                    }
                });
    }
}
