package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.parser.ast.ColumnDeclaration;
import io.thalweg.parser.ast.ColumnSource;
import io.thalweg.parser.ast.ExpressionText;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.Nullability;
import io.thalweg.parser.ast.RelationElements;
import io.thalweg.parser.ast.TypeReference;
import io.thalweg.planner.Planner;
import io.thalweg.planner.TypeResolver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a new stream or table. Stored and metadata columns are checked before generated ones, whose expressions
 * may use them wherever they stand.
 */
final class ColumnRules {
    private static final int MAX_COLUMNS = 1_000;
    private static final RowType NO_COLUMNS = new RowType(List.of());

    private final Planner planner;
    private final ObjectKind kind;

    ColumnRules(Planner planner, ObjectKind kind) {
        this.planner = planner;
        this.kind = kind;
    }

    RowColumns check(RelationElements elements) {
        checkCount(elements);
        Set<String> key = keyNames(elements);
        List<ColumnDefinition> given = new ArrayList<>();
        for (ColumnDeclaration declaration : elements.columns()) {
            declaration.source().accept(new Given(declaration, key)).ifPresent(given::add);
        }
        if (given.stream().noneMatch(ColumnDefinition::isStored)) {
            throw new ThalwegException(ErrorCode.INVALID_DEFINITION, "the " + kind.noun() + " has no stored column");
        }
        RowType scope = new RowColumns(given).visibleType();
        List<ColumnDefinition> all = new ArrayList<>();
        for (ColumnDeclaration declaration : elements.columns()) {
            Optional<ColumnDefinition> known = given.stream()
                    .filter(column -> column.name().equals(declaration.name().name()))
                    .findFirst();
            all.add(known.orElseGet(() -> generated(declaration, scope)));
        }
        return new RowColumns(all);
    }

    /** A column that is added to others, which it may use if it is generated. */
    ColumnDefinition checkAdded(ColumnDeclaration declaration, RowColumns present) {
        String name = declaration.name().name();
        if (present.visibleType().indexOf(name) >= 0) {
            throw new ThalwegException(
                            ErrorCode.DUPLICATE_COLUMN, "the " + kind.noun() + " has a column " + name + " already")
                    .at(declaration.name().span());
        }
        if (present.columns().size() >= MAX_COLUMNS) {
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "a " + kind.noun() + " has " + MAX_COLUMNS + " columns at most")
                    .at(declaration.span());
        }
        RowType scope = new RowColumns(present.columns().stream()
                        .filter(column -> column.origin() != ColumnOrigin.GENERATED)
                        .toList())
                .visibleType();
        return declaration
                .source()
                .accept(new Given(declaration, Set.of()))
                .orElseGet(() -> generated(declaration, scope));
    }

    private void checkCount(RelationElements elements) {
        if (elements.columns().size() > MAX_COLUMNS) {
            ColumnDeclaration first = elements.columns().get(MAX_COLUMNS);
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "a " + kind.noun() + " has " + MAX_COLUMNS + " columns at most, here are "
                                    + elements.columns().size())
                    .at(first.span());
        }
        Set<String> names = new HashSet<>();
        for (ColumnDeclaration declaration : elements.columns()) {
            if (!names.add(declaration.name().name())) {
                throw new ThalwegException(
                                ErrorCode.DUPLICATE_COLUMN, "column " + declaration.name() + " is declared twice")
                        .at(declaration.name().span());
            }
        }
    }

    private static Set<String> keyNames(RelationElements elements) {
        Set<String> names = new HashSet<>();
        elements.primaryKey()
                .ifPresent(key -> key.columns().stream().map(Identifier::name).forEach(names::add));
        return names;
    }

    /** The stored and the metadata columns; nothing for a generated one. */
    private final class Given implements ColumnSource.Visitor<Optional<ColumnDefinition>> {
        private final ColumnDeclaration declaration;
        private final Set<String> key;

        Given(ColumnDeclaration declaration, Set<String> key) {
            this.declaration = declaration;
            this.key = key;
        }

        @Override
        public Optional<ColumnDefinition> visitSupplied(ColumnSource.Supplied source) {
            TypeReference reference = declaration.type().orElseThrow();
            boolean inKey = key.contains(declaration.name().name());
            if (inKey && reference.nullability() == Nullability.NULLABLE) {
                throw new ThalwegException(
                                ErrorCode.INVALID_DEFINITION,
                                "column " + declaration.name() + " is in the primary key and cannot be NULL")
                        .at(reference.span());
            }
            SqlType type = storable(reference);
            type = type.withNullable(!inKey && reference.nullability() != Nullability.NOT_NULL);
            if (source.defaultValue().isPresent()) {
                ExpressionText value = source.defaultValue().get();
                planner.planExpression(value.text(), value.span(), NO_COLUMNS, Optional.of(type));
            }
            return Optional.of(
                    column(type, ColumnOrigin.STORED, source.defaultValue().map(ExpressionText::text)));
        }

        @Override
        public Optional<ColumnDefinition> visitComputed(ColumnSource.Computed source) {
            if (source.stored()) {
                throw new ThalwegException(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "STORED generated columns are not supported yet")
                        .at(declaration.span())
                        .withHint("A VIRTUAL one, which is the default, is computed when it is read.");
            }
            return Optional.empty();
        }

        @Override
        public Optional<ColumnDefinition> visitMetadata(ColumnSource.Metadata source) {
            if (kind == ObjectKind.TABLE) {
                throw new ThalwegException(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "metadata columns of a table are not supported")
                        .at(declaration.span())
                        .withHint("A stream can have them.");
            }
            String name = source.key().toLowerCase(Locale.ROOT);
            SqlType type = storable(declaration.type().orElseThrow());
            SqlType natural = naturalType(name);
            if (type.name() != natural.name()) {
                throw new ThalwegException(
                                ErrorCode.DATATYPE_MISMATCH,
                                "metadata '" + name + "' is " + natural.sqlText() + ", not " + type.sqlText())
                        .at(declaration.type().orElseThrow().span());
            }
            return Optional.of(column(natural, ColumnOrigin.METADATA, Optional.of(name)));
        }

        private SqlType naturalType(String name) {
            return switch (name) {
                case "partition" -> SqlType.INTEGER.notNull();
                case "offset" -> SqlType.BIGINT.notNull();
                case "timestamp" ->
                    SqlType.timestampLtz(SqlType.MAX_TIME_PRECISION).notNull();
                case "key", "headers" ->
                    throw new ThalwegException(
                                    ErrorCode.FEATURE_NOT_SUPPORTED, "metadata '" + name + "' is not supported yet")
                            .at(declaration.span());
                default ->
                    throw new ThalwegException(ErrorCode.UNDEFINED_OPTION, "metadata '" + name + "' does not exist")
                            .at(declaration.span())
                            .withHint("Metadata: partition, offset, timestamp.");
            };
        }

        private ColumnDefinition column(SqlType type, ColumnOrigin origin, Optional<String> expression) {
            return new ColumnDefinition(declaration.name().name(), type, origin, expression, declaration.comment());
        }
    }

    private ColumnDefinition generated(ColumnDeclaration declaration, RowType scope) {
        ExpressionText expression = ((ColumnSource.Computed) declaration.source()).expression();
        Optional<SqlType> said = declaration.type().map(this::storable);
        SqlType type = storable(
                planner.planExpression(expression.text(), expression.span(), scope, said)
                        .type(),
                expression.span());
        return new ColumnDefinition(
                declaration.name().name(),
                type,
                ColumnOrigin.GENERATED,
                Optional.of(expression.text()),
                declaration.comment());
    }

    private SqlType storable(TypeReference reference) {
        return storable(TypeResolver.resolve(reference), reference.span());
    }

    private SqlType storable(SqlType type, SourceSpan span) {
        if (type.name().isInterval() || type.name() == TypeName.NULL) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "type " + type.sqlText() + " cannot be the type of a column of a " + kind.noun())
                    .at(span);
        }
        return type;
    }
}
