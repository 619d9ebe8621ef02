package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.type.SqlType;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of arguments that function implementations are told apart by. */
enum ArgumentKind {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    DECIMAL,
    TEXT,
    BINARY,
    DATE,
    TIME,
    TIMESTAMP,
    MONTHS,
    MICROS,
    NULL,
    ARRAY,
    MAP,
    ROW;

    static final Set<ArgumentKind> ANY = EnumSet.allOf(ArgumentKind.class);
    static final Set<ArgumentKind> FLOATING = EnumSet.of(REAL, DOUBLE);
    static final Set<ArgumentKind> SMALL_INTEGERS = EnumSet.of(TINYINT, SMALLINT, INTEGER);
    static final Set<ArgumentKind> INTEGERS = EnumSet.of(TINYINT, SMALLINT, INTEGER, BIGINT);
    static final Set<ArgumentKind> TEXT_OR_BINARY = EnumSet.of(TEXT, BINARY);

    static ArgumentKind of(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> BOOLEAN;
            case TINYINT -> TINYINT;
            case SMALLINT -> SMALLINT;
            case INTEGER -> INTEGER;
            case BIGINT -> BIGINT;
            case REAL -> REAL;
            case DOUBLE -> DOUBLE;
            case DECIMAL -> DECIMAL;
            case CHAR, VARCHAR -> TEXT;
            case VARBINARY -> BINARY;
            case DATE -> DATE;
            case TIME -> TIME;
            case TIMESTAMP, TIMESTAMP_LTZ -> TIMESTAMP;
            case INTERVAL_MONTHS -> MONTHS;
            case INTERVAL_MICROS -> MICROS;
            case NULL -> NULL;
            case ARRAY -> ARRAY;
            case MAP -> MAP;
            case ROW -> ROW;
        };
    }
}
