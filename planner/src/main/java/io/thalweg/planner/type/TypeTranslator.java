package io.thalweg.planner.type;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Translates types between Calcite and the model. */
public final class TypeTranslator {
    private static final ThalwegTypeFactory TYPES = ThalwegTypeFactory.INSTANCE;

    private TypeTranslator() {}

    /** Our type for Calcite's; throws FEATURE_NOT_SUPPORTED for one we do not have. */
    public static SqlType toModel(RelDataType type) {
        SqlType result = switch (type.getSqlTypeName()) {
            case BOOLEAN -> SqlType.BOOLEAN;
            case TINYINT -> SqlType.TINYINT;
            case SMALLINT -> SqlType.SMALLINT;
            case INTEGER -> SqlType.INTEGER;
            case BIGINT -> SqlType.BIGINT;
            case REAL -> SqlType.REAL;
            case FLOAT, DOUBLE -> SqlType.DOUBLE;
            case DECIMAL -> decimal(type);
            case CHAR -> SqlType.character(Math.max(type.getPrecision(), 1));
            case VARCHAR -> SqlType.varchar(length(type));
            case BINARY, VARBINARY -> new SqlType(SqlType.VARBINARY.name(), length(type), 0, true);
            case DATE -> SqlType.DATE;
            case TIME -> SqlType.time(type.getPrecision());
            case TIMESTAMP -> SqlType.timestamp(type.getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> SqlType.timestampLtz(type.getPrecision());
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> SqlType.INTERVAL_MONTHS;
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> SqlType.INTERVAL_MICROS;
            case NULL -> SqlType.NULL;
            default -> throw unsupported(type.getSqlTypeName());
        };
        return result.withNullable(type.isNullable());
    }

    /** The type of a parameter for which Calcite has found this one: a text of any length, and NULL is always allowed. */
    public static SqlType toParameter(RelDataType type) {
        SqlType found = toModel(type).withNullable(true);
        return found.name().isText() ? SqlType.VARCHAR : found;
    }

    private static ThalwegException unsupported(SqlTypeName name) {
        String words = name.name().replace('_', ' ').toUpperCase(Locale.ROOT);
        return new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "values of type " + words + " are not supported");
    }

    private static SqlType decimal(RelDataType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        if (scale < 0 || precision < 1 || precision > SqlType.MAX_DECIMAL_PRECISION || scale > precision) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "type DECIMAL(" + precision + ", " + scale + ") is not supported; a DECIMAL has 1 to "
                            + SqlType.MAX_DECIMAL_PRECISION + " digits, no more of them after the point");
        }
        return SqlType.decimal(precision, scale);
    }

    private static int length(RelDataType type) {
        int precision = type.getPrecision();
        return precision == RelDataType.PRECISION_NOT_SPECIFIED || precision == Integer.MAX_VALUE
                ? SqlType.UNLIMITED
                : precision;
    }

    /** Calcite's type for ours. */
    public static RelDataType toCalcite(SqlType type) {
        RelDataType result = switch (type.name()) {
            case BOOLEAN -> TYPES.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> TYPES.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> TYPES.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> TYPES.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> TYPES.createSqlType(SqlTypeName.BIGINT);
            case REAL -> TYPES.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> TYPES.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> TYPES.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case CHAR -> TYPES.createSqlType(SqlTypeName.CHAR, Math.max(type.precision(), 1));
            case VARCHAR -> bounded(SqlTypeName.VARCHAR, type.precision());
            case VARBINARY -> bounded(SqlTypeName.VARBINARY, type.precision());
            case DATE -> TYPES.createSqlType(SqlTypeName.DATE);
            case TIME -> TYPES.createSqlType(SqlTypeName.TIME, type.precision());
            case TIMESTAMP -> TYPES.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
            case TIMESTAMP_LTZ -> TYPES.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
            case INTERVAL_MONTHS -> interval(TimeUnit.YEAR, TimeUnit.MONTH);
            case INTERVAL_MICROS -> interval(TimeUnit.DAY, TimeUnit.SECOND);
            case NULL -> TYPES.createSqlType(SqlTypeName.NULL);
        };
        return TYPES.createTypeWithNullability(result, type.nullable());
    }

    private static RelDataType bounded(SqlTypeName name, int length) {
        return length == SqlType.UNLIMITED ? TYPES.createSqlType(name) : TYPES.createSqlType(name, length);
    }

    private static RelDataType interval(TimeUnit from, TimeUnit to) {
        return TYPES.createSqlIntervalType(new SqlIntervalQualifier(from, to, SqlParserPos.ZERO));
    }

    /** Our row type for Calcite's. */
    public static RowType toModelRow(RelDataType row) {
        List<Field> fields = new ArrayList<>(row.getFieldCount());
        for (RelDataTypeField field : row.getFieldList()) {
            fields.add(new Field(field.getName(), toModel(field.getType())));
        }
        return new RowType(fields);
    }

    /** Calcite's row type for ours. */
    public static RelDataType toCalciteRow(RowType row) {
        List<RelDataType> types =
                row.types().stream().map(TypeTranslator::toCalcite).toList();
        List<String> names = row.fields().stream().map(Field::name).toList();
        return TYPES.createStructType(types, names);
    }
}
