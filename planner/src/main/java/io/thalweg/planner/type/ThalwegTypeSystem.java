package io.thalweg.planner.type;

import io.thalweg.model.type.SqlType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The limits and result types of SQL: DECIMAL up to 38 digits, times to the microsecond, text without limit.
 *
 * <p>A DECIMAL result that would need more than 38 digits gives up digits after the point first, but keeps six of them,
 * and only then digits before it. So a product never loses its whole part for the sake of zeros behind the point.
 */
public final class ThalwegTypeSystem extends RelDataTypeSystemImpl {
    public static final ThalwegTypeSystem INSTANCE = new ThalwegTypeSystem();

    /** The digits after the point of a quotient or an average, and what a crowded DECIMAL keeps of them. */
    private static final int MIN_DIVISION_SCALE = 6;

    private ThalwegTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> SqlType.MAX_TIME_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
            default -> super.getMaxPrecision(type);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? SqlType.MAX_DECIMAL_PRECISION : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> SqlType.MAX_TIME_PRECISION;
            default -> super.getDefaultPrecision(type);
        };
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
        SqlTypeName name = argument.getSqlTypeName();
        RelDataType sum = switch (name) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
            case DECIMAL ->
                types.createSqlType(SqlTypeName.DECIMAL, SqlType.MAX_DECIMAL_PRECISION, argument.getScale());
            case REAL, FLOAT, DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
            default -> argument;
        };
        return types.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
        RelDataType average = argument.getSqlTypeName() == SqlTypeName.DECIMAL
                ? types.createSqlType(
                        SqlTypeName.DECIMAL,
                        SqlType.MAX_DECIMAL_PRECISION,
                        Math.max(argument.getScale(), MIN_DIVISION_SCALE))
                : SqlTypeUtil.isNumeric(argument) ? types.createSqlType(SqlTypeName.DOUBLE) : argument;
        return types.createTypeWithNullability(average, argument.isNullable());
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return exact(types, left, right, (l, r) -> {
            int scale = Math.max(l.getScale(), r.getScale());
            return decimal(types, Math.max(whole(l), whole(r)) + 1, scale);
        });
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return exact(types, left, right, (l, r) -> decimal(types, whole(l) + whole(r), l.getScale() + r.getScale()));
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return exact(types, left, right, (l, r) -> {
            int scale = Math.max(MIN_DIVISION_SCALE, l.getScale() + r.getPrecision() + 1);
            return decimal(types, whole(l) + r.getScale(), scale);
        });
    }

    @Override
    public @Nullable RelDataType deriveDecimalModType(RelDataTypeFactory types, RelDataType left, RelDataType right) {
        return exact(types, left, right, (l, r) -> {
            int scale = Math.max(l.getScale(), r.getScale());
            return decimal(types, Math.min(whole(l), whole(r)), scale);
        });
    }

    private static int whole(RelDataType type) {
        return type.getPrecision() - type.getScale();
    }

    private static RelDataType decimal(RelDataTypeFactory types, int wholeDigits, int scale) {
        int fittingScale = scale;
        if (wholeDigits + scale > SqlType.MAX_DECIMAL_PRECISION) {
            fittingScale = Math.max(SqlType.MAX_DECIMAL_PRECISION - wholeDigits, Math.min(scale, MIN_DIVISION_SCALE));
        }
        int precision = Math.min(wholeDigits + fittingScale, SqlType.MAX_DECIMAL_PRECISION);
        return types.createSqlType(SqlTypeName.DECIMAL, Math.max(precision, 1), fittingScale);
    }

    /** Applies a rule to two exact numbers of which one at least is a DECIMAL; has no opinion on others. */
    private static @Nullable RelDataType exact(
            RelDataTypeFactory types, RelDataType left, RelDataType right, ResultType rule) {
        if (!SqlTypeUtil.isExactNumeric(left)
                || !SqlTypeUtil.isExactNumeric(right)
                || (!SqlTypeUtil.isDecimal(left) && !SqlTypeUtil.isDecimal(right))) {
            return null;
        }
        RelDataType result = rule.of(asDecimal(types, left), asDecimal(types, right));
        return types.createTypeWithNullability(result, left.isNullable() || right.isNullable());
    }

    private static RelDataType asDecimal(RelDataTypeFactory types, RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT -> types.createSqlType(SqlTypeName.DECIMAL, 3, 0);
            case SMALLINT -> types.createSqlType(SqlTypeName.DECIMAL, 5, 0);
            case INTEGER -> types.createSqlType(SqlTypeName.DECIMAL, 10, 0);
            case BIGINT -> types.createSqlType(SqlTypeName.DECIMAL, 19, 0);
            default -> type;
        };
    }

    private interface ResultType {
        RelDataType of(RelDataType left, RelDataType right);
    }
}
