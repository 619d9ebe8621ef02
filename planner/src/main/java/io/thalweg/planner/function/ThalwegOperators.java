package io.thalweg.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Operators of ours whose calls need more than a change of name on the way to the plan. */
public final class ThalwegOperators {
    /** The start of the tumbling window: time, size and offset, both intervals. Made by a rewrite, not by users. */
    public static final SqlFunction WINDOW_START = window("$WINDOW_START");
    /** The end of the tumbling window, with the same arguments. */
    public static final SqlFunction WINDOW_END = window("$WINDOW_END");
    /** The last instant of the tumbling window, with the same arguments. */
    public static final SqlFunction WINDOW_TIME = window("$WINDOW_TIME");

    /** {@code TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), size[, offset]))}. */
    public static final SqlFunction TUMBLE = WindowTableFunction.ofRows("TUMBLE", "SIZE");
    /** {@code TABLE(HOP(TABLE s, DESCRIPTOR(ts), slide, size[, offset]))}. */
    public static final SqlFunction HOP = WindowTableFunction.ofRows("HOP", "SLIDE", "SIZE");
    /** {@code TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), step, size[, offset]))}. */
    public static final SqlFunction CUMULATE = WindowTableFunction.ofRows("CUMULATE", "STEP", "SIZE");
    /** {@code TABLE(SESSION(TABLE s [PARTITION BY k], DESCRIPTOR(ts), gap))}. */
    public static final SqlFunction SESSION = WindowTableFunction.ofSet("SESSION", "GAP");

    /** The start of a hopping window: time, slide, size and perhaps an offset, in a query that groups by it. */
    public static final SqlFunction HOP_START = bound("HOP_START", 2);
    /** The end of a hopping window. */
    public static final SqlFunction HOP_END = bound("HOP_END", 2);
    /** The start of a session: time and gap, in a query that groups by it. */
    public static final SqlFunction SESSION_START = bound("SESSION_START", 1);
    /** The end of a session. */
    public static final SqlFunction SESSION_END = bound("SESSION_END", 1);

    /** {@code CONCAT(a, b, ...)}: NULL if one is. */
    public static final SqlFunction CONCAT = SqlBasicFunction.create(
            "CONCAT",
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.CHARACTER));
    /** {@code STRPOS(text, part)}: POSITION with its arguments the other way round. */
    public static final SqlFunction STRPOS =
            SqlBasicFunction.create("STRPOS", ReturnTypes.INTEGER_NULLABLE, OperandTypes.STRING_STRING);
    /** MySQL's name for {@link #STRPOS}. */
    public static final SqlFunction INSTR =
            SqlBasicFunction.create("INSTR", ReturnTypes.INTEGER_NULLABLE, OperandTypes.STRING_STRING);
    /** {@code LTRIM(text[, characters])}. */
    public static final SqlFunction LTRIM = trim("LTRIM");
    /** {@code RTRIM(text[, characters])}. */
    public static final SqlFunction RTRIM = trim("RTRIM");

    /** The greatest of the arguments that are not NULL. */
    public static final SqlFunction GREATEST = extreme("GREATEST");
    /** The least of the arguments that are not NULL. */
    public static final SqlFunction LEAST = extreme("LEAST");
    /** {@code IF(condition, value, other)}. */
    public static final SqlFunction IF = SqlBasicFunction.create(
            "IF",
            binding -> binding.getTypeFactory()
                    .leastRestrictive(List.of(binding.getOperandType(1), binding.getOperandType(2))),
            OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY));

    /** {@code NVL2(value, if it is there, if it is not)}. */
    public static final SqlFunction NVL2 = SqlBasicFunction.create(
            "NVL2",
            binding -> binding.getTypeFactory()
                    .leastRestrictive(List.of(binding.getOperandType(1), binding.getOperandType(2))),
            OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.ANY, SqlTypeFamily.ANY));
    /** {@code CONCAT_WS(separator, a, b, ...)}: what is NULL is left out with its separator. */
    public static final SqlFunction CONCAT_WS = SqlBasicFunction.create(
            "CONCAT_WS",
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.ARG0_NULLABLE),
            OperandTypes.repeat(SqlOperandCountRanges.from(2), OperandTypes.CHARACTER));
    /** {@code LOG(base, value)}. */
    public static final SqlFunction LOG =
            SqlBasicFunction.create("LOG", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC_NUMERIC);
    /** {@code COT(angle)}. */
    public static final SqlFunction COT =
            SqlBasicFunction.create("COT", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC);
    /** {@code UNIX_SECONDS(timestamp)}: since 1970, rounded down. */
    public static final SqlFunction UNIX_SECONDS = SqlBasicFunction.create(
            "UNIX_SECONDS", ReturnTypes.BIGINT_NULLABLE, OperandTypes.family(SqlTypeFamily.TIMESTAMP));

    /** {@code DATE_TRUNC('unit', time)}. */
    public static final SqlFunction DATE_TRUNC = SqlBasicFunction.create(
            "DATE_TRUNC",
            ReturnTypes.ARG1_NULLABLE,
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME));
    /** The date and time of day in the time zone of the session. */
    public static final SqlFunction CURRENT_TIMESTAMP =
            new CurrentTimeFunction("CURRENT_TIMESTAMP", SqlTypeName.TIMESTAMP);
    /** The time of day in the time zone of the session. */
    public static final SqlFunction CURRENT_TIME = new CurrentTimeFunction("CURRENT_TIME", SqlTypeName.TIME);
    /** The same as {@link #CURRENT_TIMESTAMP}. */
    public static final SqlFunction LOCALTIMESTAMP = new CurrentTimeFunction("LOCALTIMESTAMP", SqlTypeName.TIMESTAMP);
    /** The same as {@link #CURRENT_TIME}. */
    public static final SqlFunction LOCALTIME = new CurrentTimeFunction("LOCALTIME", SqlTypeName.TIME);
    /** {@code NOW()}: CURRENT_TIMESTAMP under the name that most people know. */
    public static final SqlFunction NOW =
            SqlBasicFunction.create("NOW", ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 6), OperandTypes.NILADIC);

    /** {@code PREV(value[, rows])} in a row pattern. */
    public static final SqlFunction ROW_BEFORE = neighbour("$PREV");
    /** {@code NEXT(value[, rows])} in a row pattern. */
    public static final SqlFunction ROW_AFTER = neighbour("$NEXT");

    /** A measure of a row pattern: NULL where no row has the value, whatever Calcite thinks of the column. */
    public static final SqlFunction MEASURE =
            SqlBasicFunction.create("$MEASURE", ReturnTypes.ARG0_FORCE_NULLABLE, OperandTypes.ANY);

    private ThalwegOperators() {}

    private static SqlFunction neighbour(String name) {
        return SqlBasicFunction.create(
                name,
                ReturnTypes.ARG0_FORCE_NULLABLE,
                OperandTypes.ANY.or(OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.INTEGER)));
    }

    private static SqlFunction window(String name) {
        return SqlBasicFunction.create(
                name,
                ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_NOT_NULLABLE),
                OperandTypes.family(
                        SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME_INTERVAL, SqlTypeFamily.DATETIME_INTERVAL));
    }

    private static SqlFunction bound(String name, int intervals) {
        SqlOperandTypeChecker operands = intervals == 1
                ? OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME_INTERVAL)
                : OperandTypes.family(
                                SqlTypeFamily.DATETIME,
                                SqlTypeFamily.DATETIME_INTERVAL,
                                SqlTypeFamily.DATETIME_INTERVAL)
                        .or(OperandTypes.family(
                                SqlTypeFamily.DATETIME,
                                SqlTypeFamily.DATETIME_INTERVAL,
                                SqlTypeFamily.DATETIME_INTERVAL,
                                SqlTypeFamily.DATETIME_INTERVAL));
        return SqlBasicFunction.create(name, ReturnTypes.ARG0, operands);
    }

    private static SqlFunction trim(String name) {
        return SqlBasicFunction.create(
                name,
                ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.CHARACTER.or(OperandTypes.STRING_STRING));
    }

    private static SqlFunction extreme(String name) {
        return SqlBasicFunction.create(
                        name,
                        ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.LEAST_NULLABLE),
                        OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.ANY))
                .withOperandTypeInference(InferTypes.FIRST_KNOWN);
    }
}
