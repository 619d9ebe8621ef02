package io.thalweg.server.session;

import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.CreateFunction;
import io.thalweg.parser.ast.CreateMode;
import io.thalweg.parser.ast.DropFunction;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.function.JavaFunctions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out CREATE FUNCTION and DROP FUNCTION. */
final class FunctionStatements {
    /** A call finds its function without regard to case, so the name has only one. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private final CatalogStatements changes;
    private final Planner planner;
    private final JavaFunctions functions;

    FunctionStatements(CatalogStatements changes, Planner planner, JavaFunctions functions) {
        this.changes = changes;
        this.planner = planner;
        this.functions = functions;
    }

    StatementResult.Done create(CreateFunction create, CatalogStatements.Scope scope) {
        ObjectName name = newName(create.name(), scope);
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            Optional<FunctionDefinition> present = editor.snapshot().findFunction(name);
            if (present.isPresent() && create.mode() != CreateMode.OR_REPLACE) {
                return exists(name, create.mode(), create.name().span());
            }
            present.ifPresent(old -> requireUncalled(old, editor, create.name().span(), "replaced"));
            FunctionDefinition function = functions.define(create, editor.nextId(), name);
            boolean made = false;
            try {
                editor.create(function, present);
                made = true;
            } finally {
                if (!made) {
                    functions.remove(function);
                }
            }
            present.ifPresent(functions::remove);
            return StatementResult.Done.of((present.isPresent() ? "replaced" : "created") + " function " + name);
        }
    }

    private ObjectName newName(QualifiedName said, CatalogStatements.Scope scope) {
        ObjectName name = DefinitionChecker.newName(said, scope.schema());
        if (!NAME.matcher(name.name()).matches()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "name " + name.name() + " has a character that names of functions do not have")
                    .at(said.span())
                    .withHint("It starts with a small letter or _, and goes on with small letters, digits and _.");
        }
        if (planner.functionNames().contains(name.name())) {
            throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, "function " + name.name() + " is built in")
                    .at(said.span());
        }
        return name;
    }

    private static StatementResult.Done exists(ObjectName name, CreateMode mode, SourceSpan span) {
        String message = "function " + name + " exists already";
        if (mode == CreateMode.IF_NOT_EXISTS) {
            return StatementResult.Done.of(message);
        }
        throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, message).at(span);
    }

    private static void requireUncalled(
            FunctionDefinition function, CatalogStateMachine.Editor editor, SourceSpan span, String done) {
        String names = Stream.concat(
                        editor.readersOf(function).stream().map(CatalogStatements::title),
                        editor.queriesReading(function).stream().map(query -> "query " + query.name()))
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            "function " + function.name() + " cannot be " + done + ", since it is called by " + names)
                    .at(span)
                    .withHint("DROP FUNCTION … CASCADE drops them too.");
        }
    }

    StatementResult.Done drop(DropFunction drop, CatalogStatements.Scope scope) {
        ObjectName name = NameRules.resolve(drop.name(), scope.schema());
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            Optional<FunctionDefinition> present = editor.snapshot().findFunction(name);
            if (present.isEmpty()) {
                return absent(name, drop);
            }
            FunctionDefinition function = present.get();
            if (!drop.cascade()) {
                requireUncalled(function, editor, drop.name().span(), "dropped");
            }
            List<String> dropped = Stream.concat(
                            editor.drop(function).stream().map(CatalogStatements::title),
                            Stream.of("function " + function.name()))
                    .toList();
            functions.remove(function);
            return StatementResult.Done.of("dropped " + String.join(", ", dropped));
        }
    }

    private StatementResult.Done absent(ObjectName name, DropFunction drop) {
        boolean builtIn = planner.functionNames().contains(name.name());
        ThalwegException undefined = new ThalwegException(
                        ErrorCode.UNDEFINED_FUNCTION,
                        "function " + name + (builtIn ? " is built in and cannot be dropped" : " does not exist"))
                .at(drop.name().span());
        if (drop.ifExists() && !builtIn) {
            return StatementResult.Done.of(undefined.message());
        }
        throw undefined;
    }
}
