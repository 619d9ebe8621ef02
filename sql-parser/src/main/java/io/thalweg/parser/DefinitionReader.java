package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.ColumnDeclaration;
import io.thalweg.parser.ast.ColumnSource;
import io.thalweg.parser.ast.Distribution;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.OptionAssignment;
import io.thalweg.parser.ast.PrimaryKeyDeclaration;
import io.thalweg.parser.ast.RelationElements;
import io.thalweg.parser.ast.StorageClauses;
import io.thalweg.parser.ast.WatermarkDeclaration;
import io.thalweg.parser.grammar.ThalwegStatementParser.ColumnContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CommentClauseContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.DistributionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.PrimaryKeyContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.RelationElementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.RelationElementsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.StorageClauseContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.StorageCommentContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.StorageDistributionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.StorageOptionsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.WatermarkContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a {@code CREATE} says about columns and storage. */
final class DefinitionReader {
    private final NameReader names;
    private final TypeReader types;

    DefinitionReader(NameReader names) {
        this.names = names;
        this.types = new TypeReader(names);
    }

    RelationElements elements(RelationElementsContext context) {
        List<ColumnDeclaration> columns = new ArrayList<>();
        Set<String> columnNames = new HashSet<>();
        Once<WatermarkDeclaration> watermark = new Once<>("WATERMARK");
        Once<PrimaryKeyDeclaration> primaryKey = new Once<>("PRIMARY KEY");
        for (RelationElementContext element : context.relationElement()) {
            if (element.watermark() != null) {
                watermark.set(watermark(element.watermark()), names.span(element));
            } else if (element.primaryKey() != null) {
                primaryKey.set(primaryKey(element.primaryKey()), names.span(element));
            } else {
                ColumnClauses clauses = clauses(element.column());
                ColumnDeclaration column = column(element.column(), clauses);
                refuseSameName(column.name(), columnNames);
                columns.add(column);
                clauses.primaryKey()
                        .ifPresent(
                                span -> primaryKey.set(new PrimaryKeyDeclaration(List.of(column.name()), span), span));
            }
        }
        return new RelationElements(columns, watermark.get(), primaryKey.get());
    }

    private static void refuseSameName(Identifier column, Set<String> earlier) {
        if (!earlier.add(column.name())) {
            throw new ThalwegException(
                            ErrorCode.DUPLICATE_COLUMN, "column " + SqlText.name(column.name()) + " is declared twice")
                    .at(column.span());
        }
    }

    private WatermarkDeclaration watermark(WatermarkContext context) {
        return new WatermarkDeclaration(
                names.identifier(context.identifier()), names.expression(context.expression()), names.span(context));
    }

    private PrimaryKeyDeclaration primaryKey(PrimaryKeyContext context) {
        return new PrimaryKeyDeclaration(names.names(context.nameList()), names.span(context));
    }

    /** A column of {@code ADD COLUMN}, where a key cannot be declared. */
    ColumnDeclaration addedColumn(ColumnContext context) {
        ColumnClauses clauses = clauses(context);
        clauses.primaryKey().ifPresent(span -> {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION, "an added column cannot be part of the primary key")
                    .at(span);
        });
        return column(context, clauses);
    }

    private ColumnClauses clauses(ColumnContext context) {
        ColumnClauses clauses = new ColumnClauses(names.identifier(context.identifier()), names, types);
        context.columnClause().forEach(clauses::read);
        return clauses;
    }

    private ColumnDeclaration column(ColumnContext context, ColumnClauses clauses) {
        Identifier name = clauses.column();
        SourceSpan span = names.span(context);
        if (context.type() == null) {
            ColumnSource source = new ColumnSource.Computed(names.expression(context.expression()), false);
            return new ColumnDeclaration(name, Optional.empty(), source, comment(context.commentClause()), span);
        }
        return new ColumnDeclaration(
                name,
                Optional.of(types.type(context.type()).with(clauses.nullability())),
                clauses.source(),
                clauses.comment(),
                span);
    }

    Optional<String> comment(@Nullable CommentClauseContext context) {
        return Optional.ofNullable(context).map(clause -> names.string(clause.STRING()));
    }

    StorageClauses storage(List<StorageClauseContext> contexts) {
        Once<String> comment = new Once<>("COMMENT");
        Once<Distribution> distribution = new Once<>("DISTRIBUTED BY");
        Once<List<OptionAssignment>> options = new Once<>("WITH");
        for (StorageClauseContext context : contexts) {
            SourceSpan span = names.span(context);
            if (context instanceof StorageCommentContext clause) {
                comment.set(names.string(clause.commentClause().STRING()), span);
            } else if (context instanceof StorageDistributionContext clause) {
                distribution.set(distribution(clause.distribution()), span);
            } else if (context instanceof StorageOptionsContext clause) {
                options.set(names.options(clause.optionList()), span);
            }
        }
        return new StorageClauses(
                comment.get(), distribution.get(), options.get().orElse(List.of()));
    }

    private Distribution distribution(DistributionContext context) {
        OptionalInt partitions =
                context.INTEGER() == null ? OptionalInt.empty() : OptionalInt.of(names.integer(context.INTEGER()));
        return new Distribution(names.names(context.nameList()), partitions, names.span(context));
    }
}
