package io.thalweg.planner.function;

import static org.apache.calcite.util.Static.RESOURCE;

import io.thalweg.planner.relation.WindowAssignment;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Windows of time as a table function: of a table, a DESCRIPTOR that names its time column, and intervals. What moves
 * windows, the offset, may be left out. It gives each row {@code window_start}, {@code window_end} and {@code window_time}
 * of the type of the time column, also for a TIMESTAMP WITH LOCAL TIME ZONE, for which Calcite's own say TIMESTAMP.
 */
final class WindowTableFunction extends SqlWindowTableFunction {
    private WindowTableFunction(String name, List<String> arguments) {
        super(name, new Operands(arguments));
    }

    /** Windows that do not depend on the other rows: behind these intervals there may be an offset. */
    static WindowTableFunction ofRows(String name, String... intervals) {
        return new WindowTableFunction(
                name,
                Stream.concat(Stream.of(intervals), Stream.of(PARAM_OFFSET)).toList());
    }

    /** Windows that depend on the other rows: behind the interval there may be a DESCRIPTOR of their keys. */
    static WindowTableFunction ofSet(String name, String interval) {
        return new WindowTableFunction(name, List.of(interval, PARAM_KEY));
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowTableFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataTypeField time = timeColumn((SqlCallBinding) binding);
        return WindowAssignment.withWindow(binding.getTypeFactory(), input, time.getIndex());
    }

    private static RelDataTypeField timeColumn(SqlCallBinding binding) {
        return column(binding, ((SqlCall) binding.operand(1)).operand(0));
    }

    private static RelDataTypeField column(SqlCallBinding binding, SqlIdentifier name) {
        RelDataTypeField field = binding.getOperandType(0).getField(name.getSimple(), true, false);
        if (field == null) {
            throw SqlUtil.newContextException(name.getParserPosition(), RESOURCE.unknownIdentifier(name.getSimple()));
        }
        return field;
    }

    /** A table, the descriptor of a TIMESTAMP column, and intervals. */
    private static final class Operands implements SqlOperandMetadata {
        private static final int BEFORE_INTERVALS = 2;

        private final List<String> names;

        /** @param others the names of the arguments behind the first two, of which the last may be left out */
        Operands(List<String> others) {
            this.names = Stream.concat(Stream.of(PARAM_DATA, PARAM_TIMECOL), others.stream())
                    .toList();
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean fits = fits(binding);
            if (!fits && throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return fits;
        }

        private boolean fits(SqlCallBinding binding) {
            SqlNode descriptor = binding.operand(1);
            if (!binding.getOperandType(0).isStruct() || descriptor.getKind() != SqlKind.DESCRIPTOR) {
                return false;
            }
            RelDataType time = timeColumn(binding).getType();
            boolean others = true;
            for (int i = BEFORE_INTERVALS; i < binding.getOperandCount(); i++) {
                SqlNode operand = binding.operand(i);
                others &= names.get(i).equals(PARAM_KEY)
                        ? operand.getKind() == SqlKind.DESCRIPTOR && areColumns(binding, (SqlCall) operand)
                        : SqlTypeUtil.isInterval(binding.getOperandType(i));
            }
            return others && SqlTypeUtil.isTimestamp(time);
        }

        private static boolean areColumns(SqlCallBinding binding, SqlCall descriptor) {
            descriptor.getOperandList().forEach(name -> column(binding, (SqlIdentifier) name));
            return true;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(names.size() - 1, names.size());
        }

        @Override
        public boolean isOptional(int operand) {
            return operand == names.size() - 1;
        }

        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory types) {
            return Collections.nCopies(names.size(), types.createSqlType(SqlTypeName.ANY));
        }

        @Override
        public List<String> paramNames() {
            return names;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return name + "(TABLE table, DESCRIPTOR(time), "
                    + String.join(", ", names.subList(BEFORE_INTERVALS, names.size())) + ")";
        }
    }
}
