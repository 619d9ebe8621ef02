package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * A type as a user names it. Whether there is such a type is not checked here.
 *
 * @param name the words in upper case, without arguments: {@code DECIMAL}, {@code TIMESTAMP WITH LOCAL TIME ZONE}
 * @param arguments the numbers behind the name, such as precision and scale
 * @param components one for {@code ARRAY}, key and value for {@code MAP}, the fields of {@code ROW}, otherwise none
 * @param text the type as written, without its own {@code NOT NULL}
 * @param span the place of the text
 */
public record TypeReference(
        String name,
        List<Integer> arguments,
        List<Component> components,
        Nullability nullability,
        String text,
        SourceSpan span) {
    public TypeReference {
        arguments = List.copyOf(arguments);
        components = List.copyOf(components);
    }

    /** This type with other words about nulls. */
    public TypeReference with(Nullability other) {
        return new TypeReference(name, arguments, components, other, text, span);
    }

    /**
     * A type inside another.
     *
     * @param name only fields of {@code ROW} have one
     */
    public record Component(Optional<Identifier> name, TypeReference type) {}
}
