package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.parser.ast.ColumnSource;
import io.thalweg.parser.ast.ExpressionText;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.Nullability;
import io.thalweg.parser.grammar.ThalwegStatementBaseVisitor;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnClauseContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnCommentContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnDefaultContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnGeneratedContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnMetadataContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnNullabilityContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnPrimaryKeyContext;
import java.util.Optional;

/** Collects the clauses behind the type of one column, each of which may stand there once and in any order. */
final class ColumnClauses extends ThalwegStatementBaseVisitor<ColumnClauses> {
    private final Identifier column;
    private final NameReader names;
    private final TypeReader types;
    private final Once<Nullability> nullability = new Once<>("NULL or NOT NULL");
    private final Once<SourceSpan> primaryKey = new Once<>("PRIMARY KEY");
    private final Once<ColumnSource> source = new Once<>("DEFAULT, METADATA or GENERATED");
    private final Once<String> comment = new Once<>("COMMENT");

    ColumnClauses(Identifier column, NameReader names, TypeReader types) {
        this.column = column;
        this.names = names;
        this.types = types;
    }

    void read(ColumnClauseContext clause) {
        visit(clause);
    }

    @Override
    public ColumnClauses visitColumnNullability(ColumnNullabilityContext context) {
        nullability.set(types.nullability(context.nullability()), names.span(context));
        return this;
    }

    @Override
    public ColumnClauses visitColumnPrimaryKey(ColumnPrimaryKeyContext context) {
        primaryKey.set(names.span(context), names.span(context));
        return this;
    }

    @Override
    public ColumnClauses visitColumnDefault(ColumnDefaultContext context) {
        ExpressionText value = names.expression(context.expression());
        source.set(new ColumnSource.Supplied(Optional.of(value)), names.span(context));
        return this;
    }

    @Override
    public ColumnClauses visitColumnMetadata(ColumnMetadataContext context) {
        String key = names.optionalString(context.STRING()).orElse(column.name());
        source.set(new ColumnSource.Metadata(key, context.VIRTUAL() != null), names.span(context));
        return this;
    }

    @Override
    public ColumnClauses visitColumnGenerated(ColumnGeneratedContext context) {
        ExpressionText expression = names.expression(context.expression());
        source.set(new ColumnSource.Computed(expression, context.STORED() != null), names.span(context));
        return this;
    }

    @Override
    public ColumnClauses visitColumnComment(ColumnCommentContext context) {
        comment.set(names.string(context.commentClause().STRING()), names.span(context));
        return this;
    }

    Nullability nullability() {
        return nullability.get().orElse(Nullability.UNSPECIFIED);
    }

    /** Where {@code PRIMARY KEY} stood, if it did. */
    Optional<SourceSpan> primaryKey() {
        return primaryKey.get();
    }

    ColumnSource source() {
        return source.get().orElseGet(() -> new ColumnSource.Supplied(Optional.empty()));
    }

    Identifier column() {
        return column;
    }

    Optional<String> comment() {
        return comment.get();
    }
}
