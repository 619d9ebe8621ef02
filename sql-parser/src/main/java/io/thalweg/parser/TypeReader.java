package io.thalweg.parser;

import io.thalweg.parser.ast.Nullability;
import io.thalweg.parser.ast.TypeReference;
import io.thalweg.parser.ast.TypeReference.Component;
import io.thalweg.parser.grammar.ThalwegStatementBaseVisitor;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import io.thalweg.parser.grammar.ThalwegStatementParser.ArrayTypeContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.AtomicTypeContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CollectionTypeContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ElementTypeContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.NullabilityContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.RowFieldContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.RowTypeContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.TypeArgumentsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.TypeContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads types. */
final class TypeReader extends ThalwegStatementBaseVisitor<TypeReference> {
    private final NameReader names;

    TypeReader(NameReader names) {
        this.names = names;
    }

    TypeReference type(TypeContext context) {
        return visit(context);
    }

    Nullability nullability(@Nullable NullabilityContext context) {
        if (context == null) {
            return Nullability.UNSPECIFIED;
        }
        return context.NOT() == null ? Nullability.NULLABLE : Nullability.NOT_NULL;
    }

    @Override
    public TypeReference visitAtomicType(AtomicTypeContext context) {
        return reference(context, arguments(context.typeArguments()), List.of());
    }

    @Override
    public TypeReference visitArrayType(ArrayTypeContext context) {
        Component element = new Component(Optional.empty(), type(context.type()));
        return reference(context, List.of(), List.of(element));
    }

    @Override
    public TypeReference visitCollectionType(CollectionTypeContext context) {
        List<Component> components = context.elementType().stream()
                .map(element -> new Component(Optional.empty(), elementType(element)))
                .toList();
        return reference(context, List.of(), components);
    }

    @Override
    public TypeReference visitRowType(RowTypeContext context) {
        return reference(
                context, List.of(), context.rowField().stream().map(this::field).toList());
    }

    private Component field(RowFieldContext context) {
        return new Component(Optional.of(names.identifier(context.identifier())), elementType(context.elementType()));
    }

    private TypeReference elementType(ElementTypeContext context) {
        return type(context.type()).with(nullability(context.nullability()));
    }

    private List<Integer> arguments(@Nullable TypeArgumentsContext context) {
        return context == null
                ? List.of()
                : context.INTEGER().stream().map(names::integer).toList();
    }

    private TypeReference reference(TypeContext context, List<Integer> arguments, List<Component> components) {
        return new TypeReference(
                words(context),
                arguments,
                components,
                Nullability.UNSPECIFIED,
                names.text(context),
                names.span(context));
    }

    /** The words of the type itself, which are its direct leaves that are no punctuation. */
    private static String words(TypeContext context) {
        return context.children.stream()
                .filter(TerminalNode.class::isInstance)
                .map(leaf -> ((TerminalNode) leaf).getSymbol())
                .filter(token ->
                        token.getType() == ThalwegStatementParser.IDENTIFIER || Keywords.isKeyword(token.getType()))
                .map(token -> token.getText().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
