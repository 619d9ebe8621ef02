package io.thalweg.parser.ast;

import java.util.Optional;

/** Where the values of a declared column come from. */
public sealed interface ColumnSource {
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of source. */
    interface Visitor<R> {
        R visitSupplied(Supplied source);

        R visitComputed(Computed source);

        R visitMetadata(Metadata source);
    }

    /** From whoever writes the row, or else from {@code DEFAULT}. */
    record Supplied(Optional<ExpressionText> defaultValue) implements ColumnSource {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSupplied(this);
        }
    }

    /**
     * From other columns: {@code GENERATED ALWAYS AS (expression)} or {@code name AS expression}.
     *
     * @param stored whether {@code STORED} was said; {@code VIRTUAL} and nothing mean no
     */
    record Computed(ExpressionText expression, boolean stored) implements ColumnSource {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComputed(this);
        }
    }

    /**
     * From the log: {@code METADATA FROM 'key'}.
     *
     * @param key the name of the column if the clause names no key
     * @param virtual whether {@code VIRTUAL} was said
     */
    record Metadata(String key, boolean virtual) implements ColumnSource {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMetadata(this);
        }
    }
}
