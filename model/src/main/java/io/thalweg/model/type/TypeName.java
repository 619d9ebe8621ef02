package io.thalweg.model.type;

/** The SQL types, without their parameters. */
public enum TypeName {
    BOOLEAN("BOOLEAN", PhysicalKind.INT),
    TINYINT("TINYINT", PhysicalKind.INT),
    SMALLINT("SMALLINT", PhysicalKind.INT),
    INTEGER("INTEGER", PhysicalKind.INT),
    BIGINT("BIGINT", PhysicalKind.LONG),
    REAL("REAL", PhysicalKind.DOUBLE),
    DOUBLE("DOUBLE", PhysicalKind.DOUBLE),
    /** {@link PhysicalKind#LONG} up to 18 digits, {@link PhysicalKind#DECIMAL128} above. */
    DECIMAL("DECIMAL", PhysicalKind.LONG),
    CHAR("CHAR", PhysicalKind.BYTES),
    VARCHAR("VARCHAR", PhysicalKind.BYTES),
    VARBINARY("VARBINARY", PhysicalKind.BYTES),
    DATE("DATE", PhysicalKind.INT),
    TIME("TIME", PhysicalKind.LONG),
    TIMESTAMP("TIMESTAMP", PhysicalKind.LONG),
    TIMESTAMP_LTZ("TIMESTAMP WITH LOCAL TIME ZONE", PhysicalKind.LONG),
    /** An interval in months. Lives in expressions only. */
    INTERVAL_MONTHS("INTERVAL YEAR TO MONTH", PhysicalKind.INT),
    /** An interval in microseconds. Lives in expressions only. */
    INTERVAL_MICROS("INTERVAL DAY TO SECOND", PhysicalKind.LONG),
    /** The type of a bare NULL. Lives in expressions and results only; stored as INT, always NULL. */
    NULL("NULL", PhysicalKind.INT),
    /** Values of one type in an order. Stored as {@code NestedFormat} says, like the two below. */
    ARRAY("ARRAY", PhysicalKind.BYTES),
    /** Values by keys, each key once. */
    MAP("MAP", PhysicalKind.BYTES),
    /** Named values, each of its own type. */
    ROW("ROW", PhysicalKind.BYTES);

    private final String sqlName;
    private final PhysicalKind kind;

    TypeName(String sqlName, PhysicalKind kind) {
        this.sqlName = sqlName;
        this.kind = kind;
    }

    /** The name as it is written in SQL. */
    public String sqlName() {
        return sqlName;
    }

    PhysicalKind kind() {
        return kind;
    }

    /** Whether this is TINYINT, SMALLINT, INTEGER or BIGINT. */
    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    /** Whether this is REAL or DOUBLE. */
    public boolean isFloating() {
        return this == REAL || this == DOUBLE;
    }

    /** Whether arithmetic is defined: integers, DECIMAL, REAL, DOUBLE. */
    public boolean isNumeric() {
        return isInteger() || isFloating() || this == DECIMAL;
    }

    /** Whether this is CHAR or VARCHAR. */
    public boolean isText() {
        return this == CHAR || this == VARCHAR;
    }

    /** Whether this is TIMESTAMP or TIMESTAMP WITH LOCAL TIME ZONE. */
    public boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_LTZ;
    }

    /** Whether this is one of the two interval types. */
    public boolean isInterval() {
        return this == INTERVAL_MONTHS || this == INTERVAL_MICROS;
    }

    /** Whether values of this type are made of other values: ARRAY, MAP and ROW. */
    public boolean isNested() {
        return this == ARRAY || this == MAP || this == ROW;
    }
}
