package io.thalweg.planner.type;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
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
            case ARRAY -> nested(TypeName.ARRAY, List.of("element"), List.of(elementOf(type)));
            case MAP -> nested(TypeName.MAP, List.of("key", "value"), List.of(keyOf(type), valueOf(type)));
            case ROW -> row(type);
            default -> throw unsupported(type.getSqlTypeName());
        };
        return result.withNullable(type.isNullable());
    }

    private static RelDataType elementOf(RelDataType type) {
        return Objects.requireNonNull(type.getComponentType(), "an array without elements");
    }

    private static RelDataType keyOf(RelDataType type) {
        return Objects.requireNonNull(type.getKeyType(), "a map without keys");
    }

    private static RelDataType valueOf(RelDataType type) {
        return Objects.requireNonNull(type.getValueType(), "a map without values");
    }

    private static SqlType row(RelDataType type) {
        return nested(
                TypeName.ROW,
                type.getFieldNames(),
                type.getFieldList().stream().map(RelDataTypeField::getType).toList());
    }

    private static SqlType nested(TypeName name, List<String> names, List<RelDataType> types) {
        List<Field> components = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            components.add(new Field(names.get(i), component(types.get(i))));
        }
        try {
            return SqlType.nested(name, components);
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "types are nested more than " + SqlType.MAX_DEPTH + " levels deep",
                    e);
        }
    }

    /** The type of values within others: no interval, and VARCHAR for CHAR. */
    private static SqlType component(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.UNKNOWN) {
            return SqlType.NULL;
        }
        SqlType component = toModel(type);
        if (component.name().isInterval()) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "an interval in an ARRAY, MAP or ROW is not supported");
        }
        return component.name() == TypeName.CHAR ? SqlType.varchar(component.precision()) : component;
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
            case ARRAY -> TYPES.createArrayType(toCalcite(type.component(0)), -1);
            case MAP -> TYPES.createMapType(toCalcite(type.component(0)), toCalcite(type.component(1)));
            case ROW -> fields(type);
        };
        return TYPES.createTypeWithNullability(result, type.nullable());
    }

    /** A row as a value, whose fields a query may name behind the name of the column alone. */
    private static RelDataType fields(SqlType row) {
        RelDataType fields = toCalciteRow(new RowType(row.components()));
        return TYPES.createStructType(
                StructKind.PEEK_FIELDS_NO_EXPAND,
                fields.getFieldList().stream().map(RelDataTypeField::getType).toList(),
                fields.getFieldNames());
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
