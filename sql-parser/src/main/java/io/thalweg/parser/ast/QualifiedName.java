package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A name with the names before its dots, such as {@code schema.name}.
 *
 * @param parts one at least
 */
public record QualifiedName(List<Identifier> parts) {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name has one part at least");
        }
    }

    /** The part after the last dot. */
    public Identifier last() {
        return parts.get(parts.size() - 1);
    }

    /** The parts before the last dot; empty for a simple name. */
    public List<Identifier> qualifiers() {
        return parts.subList(0, parts.size() - 1);
    }

    /** From the first part to the last. */
    public SourceSpan span() {
        SourceSpan first = parts.get(0).span();
        SourceSpan end = last().span();
        return new SourceSpan(first.startLine(), first.startColumn(), end.endLine(), end.endColumn());
    }

    /** The parts joined by dots, without quotes: for messages and for names of settings. */
    @Override
    public String toString() {
        return parts.stream().map(Identifier::name).collect(Collectors.joining("."));
    }
}
