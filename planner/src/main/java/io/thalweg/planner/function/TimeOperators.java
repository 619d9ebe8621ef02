package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.BIGINT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.DATE;
import static io.thalweg.planner.function.LibraryFunction.Parameter.DATETIME;
import static io.thalweg.planner.function.LibraryFunction.Parameter.INTERVAL;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/** The functions on dates and times that other systems have and that are put together of those of the runtime. */
public final class TimeOperators {
    private static final List<String> UNITS_OF_A_DAY =
            List.of("HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND");
    private static final SqlReturnTypeInference VARCHAR = nullable(SqlTypeName.VARCHAR);
    private static final SqlReturnTypeInference MOMENT =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 6).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference ZONED =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** {@code TO_CHAR(time, template)}, or of a number. */
    public static final SqlFunction TO_CHAR = SqlBasicFunction.create(
            "TO_CHAR",
            VARCHAR,
            OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER)
                    .or(OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.CHARACTER)));
    /** {@code TO_DATE(text[, pattern])}. */
    public static final SqlFunction TO_DATE =
            LibraryFunction.operator("TO_DATE", ReturnTypes.DATE_NULLABLE, 1, TEXT, TEXT);
    /** {@code DATE_ADD(time, interval or days)} and {@code DATE_ADD('unit', n, time)}. */
    public static final SqlFunction DATE_ADD = shift("DATE_ADD");
    /** The same the other way. */
    public static final SqlFunction DATE_SUB = shift("DATE_SUB");
    /** {@code ADD_MONTHS(time, n)}. */
    public static final SqlFunction ADD_MONTHS =
            LibraryFunction.operator("ADD_MONTHS", ReturnTypes.ARG0_NULLABLE, 2, DATETIME, BIGINT);
    /** {@code DATEDIFF(to, from)}: days. */
    public static final SqlFunction DATEDIFF =
            LibraryFunction.operator("DATEDIFF", ReturnTypes.BIGINT_NULLABLE, 2, DATE, DATE);
    /** {@code DATE_DIFF('unit', from, to)}: how many units begin between. */
    public static final SqlFunction DATE_DIFF =
            LibraryFunction.operator("DATE_DIFF", ReturnTypes.BIGINT_NULLABLE, 3, TEXT, DATETIME, DATETIME);
    /** {@code DATE_BIN(size, time, origin)}. */
    public static final SqlFunction DATE_BIN =
            LibraryFunction.operator("DATE_BIN", MOMENT, 3, INTERVAL, DATETIME, DATETIME);
    /** {@code TIME_BUCKET(size, time[, origin])}. */
    public static final SqlFunction TIME_BUCKET =
            LibraryFunction.operator("TIME_BUCKET", MOMENT, 2, INTERVAL, DATETIME, DATETIME);
    /** {@code TIMEZONE(zone, time)}: the moment of a local time there, or the local time there of a moment. */
    public static final SqlFunction TIMEZONE = SqlBasicFunction.create(
            "TIMEZONE",
            binding -> isZoned(binding, 1) ? MOMENT.inferReturnType(binding) : ZONED.inferReturnType(binding),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.TIMESTAMP));
    /** {@code UNIX_MICROS(time)}. */
    public static final SqlFunction UNIX_MICROS = number("UNIX_MICROS");
    /** DuckDB's name for {@link #UNIX_MICROS}. */
    public static final SqlFunction EPOCH_US = number("EPOCH_US");
    /** {@code TO_TIMESTAMP_LTZ(n[, 0 or 3])}: seconds, or milliseconds, since 1970. */
    public static final SqlFunction TO_TIMESTAMP_LTZ =
            LibraryFunction.operator("TO_TIMESTAMP_LTZ", ZONED, 1, BIGINT, BIGINT);

    private static final Map<SqlFunction, String> FIELDS = fields();

    private TimeOperators() {}

    /** All of them but those of {@link #fieldFunctions}. */
    static List<SqlFunction> all() {
        return List.of(
                TO_CHAR,
                TO_DATE,
                DATE_ADD,
                DATE_SUB,
                ADD_MONTHS,
                DATEDIFF,
                DATE_DIFF,
                DATE_BIN,
                TIME_BUCKET,
                TIMEZONE,
                UNIX_MICROS,
                EPOCH_US,
                TO_TIMESTAMP_LTZ);
    }

    /** The functions that are another word for EXTRACT, with the field. */
    public static Map<SqlFunction, String> fieldFunctions() {
        return FIELDS;
    }

    private static Map<SqlFunction, String> fields() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("DAY", "DAY");
        names.put("DAY_OF_MONTH", "DAY");
        names.put("DAY_OF_WEEK", "ISODOW");
        names.put("ISODOW", "ISODOW");
        names.put("DAY_OF_YEAR", "DOY");
        names.put("WEEK_OF_YEAR", "WEEK");
        names.put("WEEKOFYEAR", "WEEK");
        names.put("YEAR_OF_WEEK", "ISOYEAR");
        names.put("ISOYEAR", "ISOYEAR");
        names.put("DECADE", "DECADE");
        names.put("CENTURY", "CENTURY");
        names.put("MILLISECOND", "MILLISECOND");
        names.put("MICROSECOND", "MICROSECOND");
        names.put("EPOCH", "EPOCH");
        names.put("UNIX_TIMESTAMP", "EPOCH");
        Map<SqlFunction, String> fields = new LinkedHashMap<>();
        names.forEach((name, field) -> fields.put(number(name), field));
        return fields;
    }

    private static SqlFunction number(String name) {
        return LibraryFunction.operator(name, ReturnTypes.BIGINT_NULLABLE, 1, DATETIME);
    }

    private static SqlReturnTypeInference nullable(SqlTypeName type) {
        return ReturnTypes.explicit(type).andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    private static boolean isZoned(SqlOperatorBinding binding, int operand) {
        return binding.getOperandType(operand).getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    private static boolean isFinerThanDays(SqlTypeName shift) {
        return SqlTypeName.DAY_INTERVAL_TYPES.contains(shift) && shift != SqlTypeName.INTERVAL_DAY;
    }

    private static boolean isFinerThanDays(@Nullable String unit) {
        return unit != null && UNITS_OF_A_DAY.stream().anyMatch(unit.toUpperCase(Locale.ROOT)::startsWith);
    }

    private static SqlFunction shift(String name) {
        return SqlBasicFunction.create(
                name,
                TimeOperators::shifted,
                OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME_INTERVAL)
                        .or(OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.INTEGER))
                        .or(OperandTypes.family(
                                SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.DATETIME)));
    }

    /** The type of the time. A date stays one, unless it is moved by less than a day. */
    private static RelDataType shifted(SqlOperatorBinding binding) {
        int time = binding.getOperandCount() == 3 ? 2 : 0;
        RelDataType type = binding.getOperandType(time);
        boolean ofDate = type.getSqlTypeName() == SqlTypeName.DATE;
        boolean finer = time == 0
                ? isFinerThanDays(binding.getOperandType(1).getSqlTypeName())
                : isFinerThanDays(binding.getOperandLiteralValue(0, String.class));
        RelDataType result = ofDate && finer ? binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6) : type;
        boolean nullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return binding.getTypeFactory().createTypeWithNullability(result, nullable);
    }
}
