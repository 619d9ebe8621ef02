package io.thalweg.runtime.expression.function;

import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.SqlType;

/** Nested values of one type as text. */
public final class NestedPrinter {
    private final SqlType type;

    public NestedPrinter(SqlType type) {
        this.type = type;
    }

    /** Sets the result to the text of a value. */
    public void print(Slice value, Slice result) {
        result.setText(NestedText.format(type, value.data, value.start));
    }
}
