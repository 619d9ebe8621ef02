package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.QualifiedName;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Prints a tree of records for golden files: without spans, and without what is empty, false or a default. Also walks
 * such a tree.
 */
final class RecordText {
    private static final Set<String> SAYS_NOTHING = Set.of("NEW", "NONE", "UNSPECIFIED");

    private RecordText() {}

    /** Meets each record of a tree. */
    interface RecordVisitor {
        void visit(Record node);
    }

    static String of(Record node) {
        StringJoiner parts = new StringJoiner(" ", node.getClass().getSimpleName() + "(", ")");
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            String text = text(value(component, node));
            if (!text.isEmpty()) {
                parts.add(component.getName() + "=" + text);
            }
        }
        return parts.toString();
    }

    static void walk(Record node, RecordVisitor visitor) {
        visitor.visit(node);
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            walkValue(value(component, node), visitor);
        }
    }

    private static void walkValue(Object value, RecordVisitor visitor) {
        if (value instanceof List<?> list) {
            list.forEach(element -> walkValue(element, visitor));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(element -> walkValue(element, visitor));
        } else if (value instanceof Record node && !(value instanceof SourceSpan)) {
            walk(node, visitor);
        }
    }

    private static Object value(RecordComponent component, Record node) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(node));
        } catch (ReflectiveOperationException error) {
            throw new LinkageError("record without accessor", error);
        }
    }

    private static String text(Object value) {
        if (value instanceof SourceSpan || value.equals(false) || value.equals(OptionalInt.empty())) {
            return "";
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? ""
                    : list.stream().map(RecordText::text).toList().toString();
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? text(optional.get()) : "";
        }
        if (value instanceof OptionalInt number) {
            return String.valueOf(number.getAsInt());
        }
        if (value instanceof Identifier identifier) {
            return identifier.quoted() ? '"' + identifier.name() + '"' : identifier.name();
        }
        if (value instanceof QualifiedName name) {
            return String.join(".", name.parts().stream().map(RecordText::text).toList());
        }
        if (value instanceof String string) {
            return "‹" + string.replace("\n", "⏎") + "›";
        }
        String text = value instanceof Record node ? of(node) : value.toString();
        return text.endsWith("()") || SAYS_NOTHING.contains(text) ? "" : text;
    }
}
