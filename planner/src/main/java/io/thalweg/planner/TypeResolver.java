package io.thalweg.planner;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.Nullability;
import io.thalweg.parser.ast.TypeReference;
import io.thalweg.parser.ast.TypeReference.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the type that a user names in a column definition. */
public final class TypeResolver {
    private static final Map<String, SqlType> PLAIN = Map.ofEntries(
            Map.entry("BOOLEAN", SqlType.BOOLEAN),
            Map.entry("BOOL", SqlType.BOOLEAN),
            Map.entry("TINYINT", SqlType.TINYINT),
            Map.entry("SMALLINT", SqlType.SMALLINT),
            Map.entry("INT2", SqlType.SMALLINT),
            Map.entry("INT", SqlType.INTEGER),
            Map.entry("INT4", SqlType.INTEGER),
            Map.entry("INTEGER", SqlType.INTEGER),
            Map.entry("BIGINT", SqlType.BIGINT),
            Map.entry("INT8", SqlType.BIGINT),
            Map.entry("REAL", SqlType.REAL),
            Map.entry("FLOAT4", SqlType.REAL),
            Map.entry("FLOAT", SqlType.DOUBLE),
            Map.entry("FLOAT8", SqlType.DOUBLE),
            Map.entry("DOUBLE", SqlType.DOUBLE),
            Map.entry("DOUBLE PRECISION", SqlType.DOUBLE),
            Map.entry("TEXT", SqlType.VARCHAR),
            Map.entry("STRING", SqlType.VARCHAR),
            Map.entry("BYTES", SqlType.VARBINARY),
            Map.entry("BYTEA", SqlType.VARBINARY),
            Map.entry("DATE", SqlType.DATE));
    private static final Set<String> VARYING_TEXT = Set.of("VARCHAR", "CHAR VARYING", "CHARACTER VARYING", "NVARCHAR");
    private static final Set<String> FIXED_TEXT = Set.of("CHAR", "CHARACTER", "NCHAR");
    private static final Set<String> BINARY = Set.of("VARBINARY", "BINARY", "BINARY VARYING");
    private static final Set<String> DECIMAL = Set.of("DECIMAL", "NUMERIC", "DEC");
    private static final Set<String> TIME = Set.of("TIME", "TIME WITHOUT TIME ZONE");
    private static final Set<String> TIMESTAMP = Set.of("TIMESTAMP", "DATETIME", "TIMESTAMP WITHOUT TIME ZONE");
    private static final Set<String> TIMESTAMP_LTZ =
            Set.of("TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ", "TIMESTAMPTZ");

    private static final Map<String, TypeName> NESTED =
            Map.of("ARRAY", TypeName.ARRAY, "MAP", TypeName.MAP, "ROW", TypeName.ROW, "STRUCT", TypeName.ROW);

    private TypeResolver() {}

    /** The type; nullable unless it says NOT NULL. */
    public static SqlType resolve(TypeReference reference) {
        SqlType type = type(reference);
        return type.withNullable(reference.nullability() != Nullability.NOT_NULL);
    }

    private static SqlType type(TypeReference reference) {
        String name = reference.name();
        SqlType plain = PLAIN.get(name);
        if (plain != null) {
            count(reference, 0);
            return plain;
        }
        if (VARYING_TEXT.contains(name)) {
            return new SqlType(TypeName.VARCHAR, length(reference, SqlType.UNLIMITED), 0, true);
        }
        if (FIXED_TEXT.contains(name)) {
            return SqlType.character(length(reference, 1));
        }
        if (BINARY.contains(name)) {
            return new SqlType(TypeName.VARBINARY, length(reference, SqlType.UNLIMITED), 0, true);
        }
        if (DECIMAL.contains(name)) {
            return decimal(reference);
        }
        if (TIME.contains(name)) {
            return SqlType.time(precision(reference));
        }
        if (TIMESTAMP.contains(name)) {
            return SqlType.timestamp(precision(reference));
        }
        if (TIMESTAMP_LTZ.contains(name)) {
            return SqlType.timestampLtz(precision(reference));
        }
        if (NESTED.containsKey(name)) {
            return nested(NESTED.get(name), reference);
        }
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "type " + reference.text() + " is not supported")
                .at(reference.span());
    }

    private static SqlType nested(TypeName name, TypeReference reference) {
        if (reference.components().isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.SYNTAX_ERROR, "type " + reference.name() + " does not say what it is made of")
                    .at(reference.span())
                    .withHint("INT ARRAY, MAP<VARCHAR, INT>, ROW(x INT, y VARCHAR).");
        }
        List<Field> components = new ArrayList<>();
        for (Component component : reference.components()) {
            if (component.type().nullability() == Nullability.NOT_NULL) {
                throw new ThalwegException(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "NOT NULL within type " + reference.name() + " is not supported")
                        .at(component.type().span());
            }
            String field = component.name().map(Identifier::name).orElse(name == TypeName.ARRAY ? "element" : "key");
            components.add(new Field(
                    name == TypeName.MAP && components.size() == 1 ? "value" : field, component(component.type())));
        }
        try {
            return SqlType.nested(name, components);
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "types are nested more than " + SqlType.MAX_DEPTH + " levels deep",
                            e)
                    .at(reference.span());
        }
    }

    /** Within others CHAR(n) is VARCHAR(n): spaces at the end of an element count. */
    private static SqlType component(TypeReference reference) {
        SqlType type = type(reference);
        return type.name() == TypeName.CHAR ? SqlType.varchar(type.precision()) : type;
    }

    private static List<Integer> count(TypeReference reference, int max) {
        if (reference.arguments().size() > max) {
            throw outOfRange(reference, "takes " + (max == 0 ? "no arguments" : "at most " + max));
        }
        return reference.arguments();
    }

    private static int length(TypeReference reference, int otherwise) {
        List<Integer> arguments = count(reference, 1);
        int length = arguments.isEmpty() ? otherwise : arguments.get(0);
        if (!arguments.isEmpty() && length < 1) {
            throw outOfRange(reference, "has a length of 1 at least");
        }
        return length;
    }

    private static int precision(TypeReference reference) {
        List<Integer> arguments = count(reference, 1);
        int precision = arguments.isEmpty() ? SqlType.MAX_TIME_PRECISION : arguments.get(0);
        if (precision < 0 || precision > SqlType.MAX_TIME_PRECISION) {
            throw outOfRange(reference, "has 0 to " + SqlType.MAX_TIME_PRECISION + " digits of a second");
        }
        return precision;
    }

    private static SqlType decimal(TypeReference reference) {
        List<Integer> arguments = count(reference, 2);
        int precision = arguments.isEmpty() ? SqlType.MAX_DECIMAL_PRECISION : arguments.get(0);
        int scale = arguments.size() < 2 ? 0 : arguments.get(1);
        if (precision < 1 || precision > SqlType.MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
            throw outOfRange(
                    reference,
                    "has 1 to " + SqlType.MAX_DECIMAL_PRECISION + " digits, no more of them after the point");
        }
        return SqlType.decimal(precision, scale);
    }

    private static ThalwegException outOfRange(TypeReference reference, String rule) {
        return new ThalwegException(
                        ErrorCode.ARGUMENT_OUT_OF_RANGE,
                        "type " + reference.text() + " is out of range: " + reference.name() + " " + rule)
                .at(reference.span());
    }
}
