package io.thalweg.model.expression;

import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Java types that a function of a user may take and return, and what each is in SQL. The names are part of stored plans and
 * never change. A primitive type has no NULL: a call with NULL in its place is NULL without being made.
 */
public enum JavaType {
    BOOLEAN(boolean.class, SqlType.BOOLEAN),
    INT(int.class, SqlType.INTEGER),
    LONG(long.class, SqlType.BIGINT),
    FLOAT(float.class, SqlType.REAL),
    DOUBLE(double.class, SqlType.DOUBLE),
    BOXED_BOOLEAN(Boolean.class, SqlType.BOOLEAN),
    BOXED_INT(Integer.class, SqlType.INTEGER),
    BOXED_LONG(Long.class, SqlType.BIGINT),
    BOXED_FLOAT(Float.class, SqlType.REAL),
    BOXED_DOUBLE(Double.class, SqlType.DOUBLE),
    STRING(String.class, SqlType.VARCHAR),
    /** As a parameter it takes every DECIMAL as it is; as a result it is rounded to the scale. */
    BIG_DECIMAL(BigDecimal.class, SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 18)),
    LOCAL_DATE(LocalDate.class, SqlType.DATE),
    LOCAL_TIME(LocalTime.class, SqlType.time(SqlType.MAX_TIME_PRECISION)),
    LOCAL_DATE_TIME(LocalDateTime.class, SqlType.timestamp(SqlType.MAX_TIME_PRECISION)),
    INSTANT(Instant.class, SqlType.timestampLtz(SqlType.MAX_TIME_PRECISION)),
    BYTES(byte[].class, SqlType.VARBINARY);

    private final Class<?> javaClass;
    private final SqlType sqlType;

    JavaType(Class<?> javaClass, SqlType sqlType) {
        this.javaClass = javaClass;
        this.sqlType = sqlType;
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    /** What its values are in SQL, nullable. */
    public SqlType sqlType() {
        return sqlType;
    }

    public boolean isPrimitive() {
        return javaClass.isPrimitive();
    }

    /** The type of a class, if functions may use it. */
    public static Optional<JavaType> of(Class<?> javaClass) {
        return Stream.of(values()).filter(type -> type.javaClass == javaClass).findFirst();
    }
}
