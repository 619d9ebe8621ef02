package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * A name as it stood in the text. An unquoted one is folded to lower case, so two identifiers name the same thing
 * exactly if their names are equal.
 */
public record Identifier(String name, boolean quoted, SourceSpan span) {
    @Override
    public String toString() {
        return name;
    }
}
