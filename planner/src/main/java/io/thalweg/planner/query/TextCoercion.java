package io.thalweg.planner.query;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Calcite's casts that nobody wrote, but for one: aggregate functions make no numbers of text, since a single text that is not a number
 * would end a query that is to go on for ever.
 */
final class TextCoercion extends TypeCoercionImpl {
    TextCoercion(RelDataTypeFactory types, SqlValidator validator) {
        super(types, validator);
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> arguments, List<SqlTypeFamily> expected) {
        boolean sumsText = binding.getOperator() instanceof SqlAggFunction
                && arguments.stream().anyMatch(SqlTypeUtil::inCharFamily);
        return !sumsText && super.builtinFunctionCoercion(binding, arguments, expected);
    }
}
