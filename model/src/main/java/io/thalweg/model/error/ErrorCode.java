package io.thalweg.model.error;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every error a user can meet. The number is stable for ever and travels over the wire; the SQLSTATE follows the SQL
 * standard where it has a class for the case and PostgreSQL's table where it has none.
 */
public enum ErrorCode {
    SYNTAX_ERROR(1001, "42601", ErrorCategory.USER),
    FEATURE_NOT_SUPPORTED(1002, "0A000", ErrorCategory.USER),
    UNDEFINED_OBJECT(1003, "42P01", ErrorCategory.USER),
    DUPLICATE_OBJECT(1004, "42P07", ErrorCategory.USER),
    UNDEFINED_COLUMN(1005, "42703", ErrorCategory.USER),
    DUPLICATE_COLUMN(1006, "42701", ErrorCategory.USER),
    AMBIGUOUS_COLUMN(1007, "42702", ErrorCategory.USER),
    UNDEFINED_FUNCTION(1008, "42883", ErrorCategory.USER),
    DATATYPE_MISMATCH(1009, "42804", ErrorCategory.USER),
    WRONG_OBJECT_KIND(1010, "42809", ErrorCategory.USER),
    DEPENDENT_OBJECTS(1011, "2BP01", ErrorCategory.USER),
    UNDEFINED_OPTION(1012, "42704", ErrorCategory.USER),
    OPTION_OUT_OF_RANGE(1013, "22023", ErrorCategory.USER),
    GROUPING_ERROR(1014, "42803", ErrorCategory.USER),
    INVALID_DEFINITION(1015, "42P16", ErrorCategory.USER),
    INVALID_QUERY(1016, "42000", ErrorCategory.USER),
    UNBOUNDED_FINAL(1017, "42P21", ErrorCategory.USER),
    RESERVED_NAME(1018, "42939", ErrorCategory.USER),
    PARAMETER_MISMATCH(1019, "07001", ErrorCategory.USER),
    UNDEFINED_STATEMENT(1020, "26000", ErrorCategory.USER),
    /** A file that the operator has not opened to SQL. */
    FILE_NOT_ALLOWED(1022, "42501", ErrorCategory.USER),

    NUMERIC_VALUE_OUT_OF_RANGE(2001, "22003", ErrorCategory.USER),
    DIVISION_BY_ZERO(2002, "22012", ErrorCategory.USER),
    STRING_TOO_LONG(2003, "22001", ErrorCategory.USER),
    DATETIME_FORMAT(2004, "22007", ErrorCategory.USER),
    DATETIME_OVERFLOW(2005, "22008", ErrorCategory.USER),
    CAST_FAILURE(2006, "22018", ErrorCategory.USER),
    ARGUMENT_OUT_OF_RANGE(2007, "22023", ErrorCategory.USER),
    NULL_NOT_ALLOWED(2008, "23502", ErrorCategory.USER),
    CARDINALITY_VIOLATION(2009, "21000", ErrorCategory.USER),
    CHARACTER_ENCODING(2010, "22021", ErrorCategory.USER),
    UNIQUE_VIOLATION(2011, "23505", ErrorCategory.USER),
    /** The code of a function in Java has failed, or is not there. */
    FUNCTION_FAILED(2012, "38000", ErrorCategory.USER),

    QUERY_CANCELED(3001, "57014", ErrorCategory.USER),
    QUERY_TIMEOUT(3002, "57014", ErrorCategory.USER),
    STATEMENT_TOO_COMPLEX(3003, "54001", ErrorCategory.RESOURCE),
    STATEMENT_TOO_LONG(3004, "54000", ErrorCategory.RESOURCE),
    TOO_MANY_CONNECTIONS(3005, "53300", ErrorCategory.RESOURCE),
    TOO_MANY_QUERIES(3006, "53400", ErrorCategory.RESOURCE),
    OUT_OF_MEMORY(3007, "53200", ErrorCategory.RESOURCE),
    DISK_FULL(3008, "53100", ErrorCategory.RESOURCE),
    VALUE_TOO_LARGE(3009, "54000", ErrorCategory.RESOURCE),

    IO_ERROR(4001, "58030", ErrorCategory.EXTERNAL),
    DATA_CORRUPTED(4002, "XX001", ErrorCategory.EXTERNAL),
    PARTITION_OFFLINE(4003, "58000", ErrorCategory.EXTERNAL),
    DIRECTORY_IN_USE(4004, "55006", ErrorCategory.EXTERNAL),
    CATALOG_MISSING(4005, "58P01", ErrorCategory.EXTERNAL),
    CONNECTION_FAILED(4006, "08001", ErrorCategory.EXTERNAL),
    CONNECTION_LOST(4007, "08006", ErrorCategory.EXTERNAL),
    CONNECTION_CLOSED(4008, "08003", ErrorCategory.USER),
    PROTOCOL_VIOLATION(4009, "08P01", ErrorCategory.EXTERNAL),
    SERVER_SHUTTING_DOWN(4010, "57P01", ErrorCategory.EXTERNAL),
    OFFSET_OUT_OF_RANGE(4011, "58000", ErrorCategory.USER),
    QUERY_FAILED(4012, "55000", ErrorCategory.USER),
    /** A split or a merge has replaced the partition: its rows can be read, its successors take new ones. */
    PARTITION_CLOSED(4013, "55000", ErrorCategory.USER),
    /** An append of an idempotent producer does not follow the one before it. */
    PRODUCER_OUT_OF_SEQUENCE(4014, "55000", ErrorCategory.USER),
    /** Another instance of an idempotent producer has taken over. */
    PRODUCER_FENCED(4015, "55000", ErrorCategory.USER),
    /** A producer appends outside of the transaction that it has open. */
    PRODUCER_IN_TRANSACTION(4016, "25001", ErrorCategory.USER),

    INTERNAL_ERROR(9001, "XX000", ErrorCategory.INTERNAL);

    private static final Map<Integer, ErrorCode> BY_NUMBER =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ErrorCode::number, Function.identity()));

    private final int number;
    private final String sqlState;
    private final ErrorCategory category;

    ErrorCode(int number, String sqlState, ErrorCategory category) {
        this.number = number;
        this.sqlState = sqlState;
        this.category = category;
    }

    /** The stable number of this error. */
    public int number() {
        return number;
    }

    /** The five characters of the SQLSTATE. */
    public String sqlState() {
        return sqlState;
    }

    public ErrorCategory category() {
        return category;
    }

    /** The code with this number, if this version knows it. */
    public static Optional<ErrorCode> ofNumber(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
