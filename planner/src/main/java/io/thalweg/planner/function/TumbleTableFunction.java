package io.thalweg.planner.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTumbleTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * The tumbling window as a table function. It gives each row {@code window_start}, {@code window_end} and
 * {@code window_time} of the type of the time column, also for a TIMESTAMP WITH LOCAL TIME ZONE, for which Calcite's own
 * says TIMESTAMP.
 */
final class TumbleTableFunction extends SqlTumbleTableFunction {
    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return TumbleTableFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType input = binding.getOperandType(0);
        RelDataType time =
                types.createTypeWithNullability(timeColumn(binding, input).getType(), false);
        return types.builder()
                .kind(input.getStructKind())
                .addAll(input.getFieldList())
                .add("window_start", time)
                .add("window_end", time)
                .add("window_time", time)
                .build();
    }

    private static RelDataTypeField timeColumn(SqlOperatorBinding binding, RelDataType input) {
        SqlCall descriptor = (SqlCall) ((SqlCallBinding) binding).operand(1);
        SqlIdentifier column = descriptor.operand(0);
        RelDataTypeField field = input.getField(column.getSimple(), true, false);
        if (field == null) {
            throw new IllegalStateException("the operand check passed a descriptor of no column");
        }
        return field;
    }
}
