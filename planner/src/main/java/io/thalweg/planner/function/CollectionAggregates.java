package io.thalweg.planner.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;

/** The aggregates that keep all values of a group. */
public final class CollectionAggregates {
    /** {@code ARRAY_AGG([DISTINCT] value [ORDER BY ...])}; without an order it is that of the values. */
    public static final SqlAggFunction ARRAY_AGG = array("ARRAY_AGG", SqlKind.ARRAY_AGG);
    /** Another name for {@link #ARRAY_AGG}. */
    public static final SqlAggFunction COLLECT = array("COLLECT", SqlKind.COLLECT);
    /** {@code MAP_AGG(key, value)}. */
    public static final SqlAggFunction MAP_AGG = SqlBasicAggFunction.create(
            "MAP_AGG",
            SqlKind.OTHER_FUNCTION,
            binding -> nullable(
                    binding.getTypeFactory(),
                    binding.getTypeFactory()
                            .createMapType(
                                    nullable(binding.getTypeFactory(), binding.getOperandType(0)),
                                    nullable(binding.getTypeFactory(), binding.getOperandType(1)))),
            OperandTypes.ANY_ANY);

    private CollectionAggregates() {}

    /** All of them. */
    public static List<SqlAggFunction> all() {
        return List.of(ARRAY_AGG, COLLECT, MAP_AGG);
    }

    private static SqlAggFunction array(String name, SqlKind kind) {
        return SqlBasicAggFunction.create(name, kind, CollectionAggregates::arrayOfArgument, OperandTypes.ANY)
                .withSyntax(SqlSyntax.ORDERED_FUNCTION);
    }

    private static RelDataType arrayOfArgument(SqlOperatorBinding binding) {
        RelDataTypeFactory types = binding.getTypeFactory();
        return nullable(types, types.createArrayType(nullable(types, binding.getOperandType(0)), -1));
    }

    private static RelDataType nullable(RelDataTypeFactory types, RelDataType type) {
        return types.createTypeWithNullability(type, true);
    }
}
