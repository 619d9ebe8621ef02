package io.thalweg.model.type;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a column or an expression.
 *
 * @param name the type without parameters
 * @param precision digits of a DECIMAL, characters of CHAR and VARCHAR, bytes of VARBINARY, fractional digits of a
 *     second for TIME and TIMESTAMP (0 to 6), {@link #UNLIMITED} where the type has none or no limit was given
 * @param scale digits after the point of a DECIMAL, otherwise 0
 * @param nullable whether NULL is a value of it
 * @param components the element of an ARRAY, key and value of a MAP, the fields of a ROW; of other types none. Their types
 *     are always nullable, though a key is never NULL: whether an element may be NULL is no part of a type
 */
public record SqlType(TypeName name, int precision, int scale, boolean nullable, List<Field> components) {
    /** How deep types may be nested into each other. */
    public static final int MAX_DEPTH = 32;
    /** The precision of a type that has none, and of VARCHAR and VARBINARY without a limit. */
    public static final int UNLIMITED = -1;
    /** The most digits of a DECIMAL. */
    public static final int MAX_DECIMAL_PRECISION = 38;
    /** The most digits of a DECIMAL that fits a {@code long}. */
    public static final int MAX_LONG_DECIMAL_PRECISION = 18;
    /** The most fractional digits of a second. */
    public static final int MAX_TIME_PRECISION = 6;

    public static final SqlType BOOLEAN = nullable(TypeName.BOOLEAN);
    public static final SqlType TINYINT = nullable(TypeName.TINYINT);
    public static final SqlType SMALLINT = nullable(TypeName.SMALLINT);
    public static final SqlType INTEGER = nullable(TypeName.INTEGER);
    public static final SqlType BIGINT = nullable(TypeName.BIGINT);
    public static final SqlType REAL = nullable(TypeName.REAL);
    public static final SqlType DOUBLE = nullable(TypeName.DOUBLE);
    public static final SqlType VARCHAR = nullable(TypeName.VARCHAR);
    public static final SqlType VARBINARY = nullable(TypeName.VARBINARY);
    public static final SqlType DATE = nullable(TypeName.DATE);
    public static final SqlType INTERVAL_MONTHS = nullable(TypeName.INTERVAL_MONTHS);
    public static final SqlType INTERVAL_MICROS = nullable(TypeName.INTERVAL_MICROS);
    public static final SqlType NULL = nullable(TypeName.NULL);

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    public SqlType {
        components = components.stream().map(SqlType::nullable).toList();
        checkComponents(name, components);
        if (name == TypeName.DECIMAL
                && (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ") does not exist");
        }
        if ((name == TypeName.TIME || name.isTimestamp()) && (precision < 0 || precision > MAX_TIME_PRECISION)) {
            throw new IllegalArgumentException(name + " with precision " + precision + " does not exist");
        }
    }

    /** A type that is not made of others. */
    public SqlType(TypeName name, int precision, int scale, boolean nullable) {
        this(name, precision, scale, nullable, List.of());
    }

    private static SqlType nullable(TypeName name) {
        return new SqlType(name, UNLIMITED, 0, true);
    }

    private static Field nullable(Field component) {
        return component.type().nullable()
                ? component
                : new Field(component.name(), component.type().withNullable(true));
    }

    private static void checkComponents(TypeName name, List<Field> components) {
        boolean right = switch (name) {
            case ARRAY -> components.size() == 1;
            case MAP -> components.size() == 2;
            case ROW -> !components.isEmpty();
            default -> components.isEmpty();
        };
        if (!right) {
            throw new IllegalArgumentException(name + " of " + components.size() + " components does not exist");
        }
        if (components.stream().anyMatch(c -> c.type().depth() >= MAX_DEPTH)) {
            throw new IllegalArgumentException("a type is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    private int depth() {
        int deepest = 0;
        for (Field component : components) {
            deepest = Math.max(deepest, component.type().depth());
        }
        return deepest + 1;
    }

    /** A nullable ARRAY of values of a type. */
    public static SqlType array(SqlType element) {
        return nested(TypeName.ARRAY, List.of(new Field("element", element)));
    }

    /** A nullable MAP from values of a type to values of another. */
    public static SqlType map(SqlType key, SqlType value) {
        return nested(TypeName.MAP, List.of(new Field("key", key), new Field("value", value)));
    }

    /** A nullable ROW of named values. */
    public static SqlType row(List<Field> fields) {
        return nested(TypeName.ROW, fields);
    }

    /** A nullable type that is made of others. */
    public static SqlType nested(TypeName name, List<Field> components) {
        return new SqlType(name, UNLIMITED, 0, true, components);
    }

    /** A nullable DECIMAL. */
    public static SqlType decimal(int precision, int scale) {
        return new SqlType(TypeName.DECIMAL, precision, scale, true);
    }

    /** A nullable VARCHAR of at most so many characters. */
    public static SqlType varchar(int length) {
        return new SqlType(TypeName.VARCHAR, length, 0, true);
    }

    /** A nullable CHAR of so many characters. */
    public static SqlType character(int length) {
        return new SqlType(TypeName.CHAR, length, 0, true);
    }

    /** A nullable TIME with so many fractional digits. */
    public static SqlType time(int precision) {
        return new SqlType(TypeName.TIME, precision, 0, true);
    }

    /** A nullable TIMESTAMP with so many fractional digits. */
    public static SqlType timestamp(int precision) {
        return new SqlType(TypeName.TIMESTAMP, precision, 0, true);
    }

    /** A nullable TIMESTAMP WITH LOCAL TIME ZONE with so many fractional digits. */
    public static SqlType timestampLtz(int precision) {
        return new SqlType(TypeName.TIMESTAMP_LTZ, precision, 0, true);
    }

    /** This type with or without NULL among its values. */
    public SqlType withNullable(boolean newNullable) {
        return newNullable == nullable ? this : new SqlType(name, precision, scale, newNullable, components);
    }

    /** This type without NULL among its values. */
    public SqlType notNull() {
        return withNullable(false);
    }

    /** The type of a component, counted from 0. */
    public SqlType component(int index) {
        return components.get(index).type();
    }

    /** The same ARRAY, MAP or ROW of components of other types. */
    public SqlType withComponents(List<SqlType> types) {
        List<Field> renewed = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            renewed.add(new Field(components.get(i).name(), types.get(i)));
        }
        return new SqlType(name, precision, scale, nullable, renewed);
    }

    /** How values of this type lie in a column. */
    public PhysicalKind kind() {
        return name == TypeName.DECIMAL && precision > MAX_LONG_DECIMAL_PRECISION
                ? PhysicalKind.DECIMAL128
                : name.kind();
    }

    /** Whether the two differ in nullability at most. */
    public boolean sameExceptNullability(SqlType other) {
        return withNullable(true).equals(other.withNullable(true));
    }

    /** The type as it is written in SQL, without NOT NULL: {@code DECIMAL(12, 2)}. */
    public String sqlText() {
        return switch (name) {
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case CHAR, VARCHAR, VARBINARY ->
                precision == UNLIMITED ? name.sqlName() : name.sqlName() + "(" + precision + ")";
            case TIME, TIMESTAMP -> name.sqlName() + "(" + precision + ")";
            case TIMESTAMP_LTZ -> "TIMESTAMP(" + precision + ") WITH LOCAL TIME ZONE";
            case ARRAY -> component(0).sqlText() + " ARRAY";
            case MAP -> "MAP<" + component(0).sqlText() + ", " + component(1).sqlText() + ">";
            case ROW -> components.stream().map(SqlType::fieldText).collect(Collectors.joining(", ", "ROW(", ")"));
            default -> name.sqlName();
        };
    }

    private static String fieldText(Field field) {
        String name = field.name();
        String quoted = PLAIN_NAME.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
        return quoted + " " + field.type().sqlText();
    }

    /** The type as it is written in SQL, with NOT NULL where it applies. */
    @Override
    public String toString() {
        return nullable ? sqlText() : sqlText() + " NOT NULL";
    }
}
