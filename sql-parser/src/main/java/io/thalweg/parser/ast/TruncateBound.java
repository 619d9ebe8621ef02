package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** Where the rows begin that a {@code TRUNCATE} leaves. */
public sealed interface TruncateBound {
    /** The place of the whole clause. */
    SourceSpan span();

    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of bound. */
    interface Visitor<R> {
        R visitOffset(Offset bound);

        R visitTime(Time bound);
    }

    /** {@code BEFORE OFFSET n}. */
    record Offset(long offset, SourceSpan span) implements TruncateBound {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOffset(this);
        }
    }

    /**
     * {@code BEFORE TIMESTAMP 'text'}.
     *
     * @param text not checked
     */
    record Time(String text, SourceSpan span) implements TruncateBound {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitTime(this);
        }
    }
}
