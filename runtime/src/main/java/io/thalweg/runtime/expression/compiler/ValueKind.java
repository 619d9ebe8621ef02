package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;

/** What a SQL value is in generated Java. */
enum ValueKind {
    BOOLEAN("boolean", "false"),
    INT("int", "0"),
    LONG("long", "0L"),
    DOUBLE("double", "0.0D"),
    WIDE_DECIMAL("WideDecimal", "((WideDecimal) null)"),
    BYTES("Slice", "((Slice) null)");

    private final String javaType;
    private final String unset;

    ValueKind(String javaType, String unset) {
        this.javaType = javaType;
        this.unset = unset;
    }

    static ValueKind of(SqlType type) {
        return switch (type.kind()) {
            case INT -> type.name() == TypeName.BOOLEAN ? BOOLEAN : INT;
            case LONG -> LONG;
            case DOUBLE -> DOUBLE;
            case DECIMAL128 -> WIDE_DECIMAL;
            case BYTES -> BYTES;
        };
    }

    String javaType() {
        return javaType;
    }

    /** The value of a variable that stands for NULL. */
    String unset() {
        return unset;
    }

    /** Whether values are objects that a node fills again for each row. */
    boolean isHolder() {
        return this == WIDE_DECIMAL || this == BYTES;
    }
}
