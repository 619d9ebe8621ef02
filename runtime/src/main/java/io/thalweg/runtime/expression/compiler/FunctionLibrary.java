package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of all functions: which template writes a call, by function and kinds of arguments. */
final class FunctionLibrary {
    private static final FunctionTemplate NULL_RESULT = (call, generator) -> Fragment.nullOf(call.type());
    private static final Map<ScalarFunction, List<Entry>> ENTRIES = new Builder().build();

    private FunctionLibrary() {}

    /** The template for a call. */
    static FunctionTemplate find(FunctionCall call) {
        List<ArgumentKind> kinds = call.arguments().stream()
                .map(argument -> ArgumentKind.of(argument.type()))
                .toList();
        List<Entry> entries = ENTRIES.getOrDefault(call.function(), List.of());
        for (Entry entry : entries) {
            if (entry.accepts(kinds)) {
                return entry.template;
            }
        }
        if (kinds.contains(ArgumentKind.NULL) && !entries.isEmpty()) {
            return NULL_RESULT;
        }
        throw new ThalwegException(ErrorCode.UNDEFINED_FUNCTION, undefined(call));
    }

    private static String undefined(FunctionCall call) {
        String types = call.arguments().stream()
                .map(ScalarExpression::type)
                .map(type -> type.sqlText())
                .collect(Collectors.joining(", ", "(", ")"));
        return "function " + call.function().name().toLowerCase(Locale.ROOT) + " is not defined for " + types;
    }

    /** The functions that have an implementation. */
    static Set<ScalarFunction> functions() {
        return ENTRIES.keySet();
    }

    private record Entry(List<Set<ArgumentKind>> parameters, boolean anyArguments, FunctionTemplate template) {
        boolean accepts(List<ArgumentKind> kinds) {
            if (anyArguments) {
                return true;
            }
            if (kinds.size() != parameters.size()) {
                return false;
            }
            for (int i = 0; i < kinds.size(); i++) {
                if (!parameters.get(i).contains(kinds.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Collects the templates of all families; the first that accepts a call's arguments is taken. */
    static final class Builder {
        private final Map<ScalarFunction, List<Entry>> entries = new EnumMap<>(ScalarFunction.class);

        /** A function that is written by one template whatever its arguments are. */
        void any(ScalarFunction function, FunctionTemplate template) {
            add(function, new Entry(List.of(), true, template));
        }

        /** A function of exactly these parameters. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        final void define(ScalarFunction function, FunctionTemplate template, Set<ArgumentKind>... parameters) {
            add(function, new Entry(List.of(parameters), false, template));
        }

        private void add(ScalarFunction function, Entry entry) {
            entries.computeIfAbsent(function, key -> new ArrayList<>()).add(entry);
        }

        private Map<ScalarFunction, List<Entry>> build() {
            ArithmeticTemplates.register(this);
            JavaTemplate.register(this);
            DecimalTemplates.register(this);
            ComparisonTemplates.register(this);
            LogicTemplates.register(this);
            ConditionalTemplates.register(this);
            CastTemplates.register(this);
            MathTemplates.register(this);
            TextTemplates.register(this);
            DateTimeTemplates.register(this);
            RegexTemplates.register(this);
            IntegerTemplates.register(this);
            EncodingTemplates.register(this);
            CalendarTemplates.register(this);
            NestedTemplates.register(this);
            CollectionTemplates.register(this);
            JsonTemplates.register(this);
            return entries;
        }
    }
}
