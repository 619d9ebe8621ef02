package io.thalweg.planner.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlAbstractTimeFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/** CURRENT_TIMESTAMP and its like, to the microsecond unless the call names a precision; Calcite's own know seconds only. */
final class CurrentTimeFunction extends SqlAbstractTimeFunction {
    private final SqlTypeName type;

    CurrentTimeFunction(String name, SqlTypeName type) {
        super(name, type);
        this.type = type;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        if (binding.getOperandCount() == 0) {
            return binding.getTypeFactory().createSqlType(type);
        }
        Integer precision = binding.getOperandLiteralValue(0, Integer.class);
        return precision == null
                ? binding.getTypeFactory().createSqlType(type)
                : binding.getTypeFactory().createSqlType(type, precision);
    }
}
