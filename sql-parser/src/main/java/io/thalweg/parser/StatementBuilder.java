package io.thalweg.parser;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.AlterAction;
import io.thalweg.parser.ast.AlterPartitions;
import io.thalweg.parser.ast.AlterRelation;
import io.thalweg.parser.ast.ControlQuery;
import io.thalweg.parser.ast.ControlTransaction;
import io.thalweg.parser.ast.CopyFile;
import io.thalweg.parser.ast.CopyFrom;
import io.thalweg.parser.ast.CopySource;
import io.thalweg.parser.ast.CopyTo;
import io.thalweg.parser.ast.CreateFunction;
import io.thalweg.parser.ast.CreateMaterializedView;
import io.thalweg.parser.ast.CreateMode;
import io.thalweg.parser.ast.CreateStream;
import io.thalweg.parser.ast.CreateStreamAs;
import io.thalweg.parser.ast.CreateTable;
import io.thalweg.parser.ast.CreateTableAs;
import io.thalweg.parser.ast.CreateView;
import io.thalweg.parser.ast.DeleteRows;
import io.thalweg.parser.ast.Describe;
import io.thalweg.parser.ast.DropFunction;
import io.thalweg.parser.ast.DropRelation;
import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.Explain;
import io.thalweg.parser.ast.ExplainMode;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.InsertQuery;
import io.thalweg.parser.ast.InsertValues;
import io.thalweg.parser.ast.PartitionChange;
import io.thalweg.parser.ast.PrimaryKeyDeclaration;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.QueryAction;
import io.thalweg.parser.ast.QueryStatement;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.parser.ast.RelationElements;
import io.thalweg.parser.ast.ResetSetting;
import io.thalweg.parser.ast.SetSetting;
import io.thalweg.parser.ast.ShowCreate;
import io.thalweg.parser.ast.ShowObjects;
import io.thalweg.parser.ast.ShowSetting;
import io.thalweg.parser.ast.ShowTarget;
import io.thalweg.parser.ast.Statement;
import io.thalweg.parser.ast.StorageClauses;
import io.thalweg.parser.ast.TransactionAction;
import io.thalweg.parser.ast.TruncateBound;
import io.thalweg.parser.ast.TruncatePartition;
import io.thalweg.parser.ast.TruncateRelation;
import io.thalweg.parser.ast.UpdateRows;
import io.thalweg.parser.ast.UseSchema;
import io.thalweg.parser.grammar.ThalwegStatementBaseVisitor;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import io.thalweg.parser.grammar.ThalwegStatementParser.AlterStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ControlQueryStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CopyStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CreateFunctionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CreateMaterializedViewContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CreateRelationContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CreateStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.CreateViewContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.DeleteStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.DescribeStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.DropStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ExplainStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.IdentifierContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.IfNotExistsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.InsertStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.MergePartitionsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ObjectKindContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.QueryStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ResetStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.SetStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ShowCreateContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ShowObjectsContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ShowSettingContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.ShowTargetContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.SingleStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.SplitPartitionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.TransactionStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.TruncateBoundContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.TruncateStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.UpdateStatementContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.UseStatementContext;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Turns the parse tree of one statement into its immutable form. */
final class StatementBuilder extends ThalwegStatementBaseVisitor<Statement> {
    private final NameReader names;
    private final DefinitionReader definitions;
    private final QueryTextReader queries;

    StatementBuilder(StatementTokens tokens) {
        this.names = new NameReader(tokens.source());
        this.definitions = new DefinitionReader(names);
        this.queries = new QueryTextReader(tokens);
    }

    Statement build(SingleStatementContext tree) {
        return visit(tree.statement());
    }

    @Override
    public Statement visitQueryStatement(QueryStatementContext context) {
        return new QueryStatement(queries.query(context.query()), names.span(context));
    }

    @Override
    public Statement visitCreateStatement(CreateStatementContext context) {
        if (context.createView() != null) {
            return createView(context, context.createView());
        }
        if (context.createMaterializedView() != null) {
            return createMaterializedView(context, context.createMaterializedView());
        }
        if (context.createFunction() != null) {
            return createFunction(context, context.createFunction());
        }
        CreateRelationContext relation = context.createRelation();
        return relation.query() == null ? createRelation(context, relation) : createRelationAs(context, relation);
    }

    private CreateMode mode(CreateStatementContext context, @Nullable IfNotExistsContext ifNotExists) {
        if (ifNotExists == null) {
            return context.orReplace() == null ? CreateMode.NEW : CreateMode.OR_REPLACE;
        }
        if (context.orReplace() != null) {
            throw SyntaxErrorTranslator.error(
                    "OR REPLACE and IF NOT EXISTS exclude each other", names.span(ifNotExists));
        }
        return CreateMode.IF_NOT_EXISTS;
    }

    private Statement createRelation(CreateStatementContext statement, CreateRelationContext context) {
        CreateMode mode = mode(statement, context.ifNotExists());
        QualifiedName name = names.qualifiedName(context.qualifiedName());
        RelationElements elements = definitions.elements(context.relationElements());
        StorageClauses storage = definitions.storage(context.storageClause());
        if (context.TABLE() != null) {
            return new CreateTable(mode, name, elements, storage, names.span(statement));
        }
        elements.primaryKey().ifPresent(key -> {
            throw streamWithKey(name, key);
        });
        return new CreateStream(mode, name, elements, storage, names.span(statement));
    }

    private static ThalwegException streamWithKey(QualifiedName name, PrimaryKeyDeclaration key) {
        return new ThalwegException(
                        ErrorCode.INVALID_DEFINITION, "stream " + SqlText.name(name) + " cannot have a primary key")
                .at(key.span())
                .withHint("A TABLE keeps one row for each key.");
    }

    private Statement createRelationAs(CreateStatementContext statement, CreateRelationContext context) {
        CreateMode mode = mode(statement, context.ifNotExists());
        QualifiedName name = names.qualifiedName(context.qualifiedName());
        StorageClauses storage = definitions.storage(context.storageClause());
        QueryText query = queries.query(context.query());
        return context.TABLE() == null
                ? new CreateStreamAs(mode, name, storage, query, names.span(statement))
                : new CreateTableAs(mode, name, storage, query, names.span(statement));
    }

    private Statement createView(CreateStatementContext statement, CreateViewContext context) {
        return new CreateView(
                mode(statement, context.ifNotExists()),
                names.qualifiedName(context.qualifiedName()),
                names.names(context.nameList()),
                definitions.comment(context.commentClause()),
                queries.query(context.query()),
                names.span(statement));
    }

    private Statement createMaterializedView(CreateStatementContext statement, CreateMaterializedViewContext context) {
        return new CreateMaterializedView(
                mode(statement, context.ifNotExists()),
                names.qualifiedName(context.qualifiedName()),
                names.names(context.nameList()),
                definitions.storage(context.storageClause()),
                queries.query(context.query()),
                names.span(statement));
    }

    private Statement createFunction(CreateStatementContext statement, CreateFunctionContext context) {
        TerminalNode className = context.STRING(0);
        TerminalNode jar = context.STRING(1);
        return new CreateFunction(
                mode(statement, context.ifNotExists()),
                names.qualifiedName(context.qualifiedName()),
                names.string(className),
                names.string(jar),
                context.DETERMINISTIC() == null || context.NOT() == null,
                names.span(jar.getSymbol()),
                names.span(statement));
    }

    @Override
    public Statement visitDropStatement(DropStatementContext context) {
        boolean ifExists = context.ifExists() != null;
        QualifiedName name = names.qualifiedName(context.qualifiedName());
        if (context.QUERY() != null) {
            return new ControlQuery(QueryAction.DROP, ifExists, name, names.span(context));
        }
        boolean cascade = context.CASCADE() != null;
        if (context.FUNCTION() != null) {
            return new DropFunction(ifExists, name, cascade, names.span(context));
        }
        return new DropRelation(kind(context.objectKind()), ifExists, name, cascade, names.span(context));
    }

    private static ObjectKind kind(ObjectKindContext context) {
        return switch (context.getStart().getType()) {
            case ThalwegStatementParser.STREAM -> ObjectKind.STREAM;
            case ThalwegStatementParser.TABLE -> ObjectKind.TABLE;
            case ThalwegStatementParser.VIEW -> ObjectKind.VIEW;
            default -> ObjectKind.MATERIALIZED_VIEW;
        };
    }

    private static Optional<ObjectKind> optionalKind(@Nullable ObjectKindContext context) {
        return Optional.ofNullable(context).map(StatementBuilder::kind);
    }

    @Override
    public Statement visitAlterStatement(AlterStatementContext context) {
        if (context.addPartitions() != null || context.partitionChange() != null) {
            return new AlterPartitions(
                    kind(context.objectKind()),
                    names.qualifiedName(context.qualifiedName()),
                    partitionChange(context),
                    names.span(context));
        }
        return new AlterRelation(
                kind(context.objectKind()),
                names.qualifiedName(context.qualifiedName()),
                alterAction(context),
                names.span(context));
    }

    private AlterAction alterAction(AlterStatementContext context) {
        if (context.optionList() != null) {
            return new AlterAction.SetOptions(names.options(context.optionList()));
        }
        if (context.renaming() != null) {
            List<IdentifierContext> said = context.renaming().identifier();
            Identifier last = names.identifier(said.get(said.size() - 1));
            return said.size() == 1
                    ? new AlterAction.RenameObject(last)
                    : new AlterAction.RenameColumn(names.identifier(said.get(0)), last);
        }
        return context.optionNames() == null
                ? new AlterAction.AddColumn(definitions.addedColumn(context.column()))
                : new AlterAction.ResetOptions(names.optionNames(context.optionNames()));
    }

    @Override
    public Statement visitTruncateStatement(TruncateStatementContext context) {
        return new TruncateRelation(
                kind(context.objectKind()),
                names.qualifiedName(context.qualifiedName()),
                Optional.ofNullable(context.truncatePartition())
                        .map(part -> new TruncatePartition(names.integer(part.INTEGER()), names.span(part))),
                Optional.ofNullable(context.truncateBound()).map(this::truncateBound),
                names.span(context));
    }

    private TruncateBound truncateBound(TruncateBoundContext context) {
        return context.OFFSET() == null
                ? new TruncateBound.Time(names.string(context.STRING()), names.span(context))
                : new TruncateBound.Offset(names.longInteger(context.INTEGER()), names.span(context));
    }

    private PartitionChange partitionChange(AlterStatementContext context) {
        if (context.partitionChange() instanceof SplitPartitionContext split) {
            return new PartitionChange.Split(number(split.INTEGER()), point(split.STRING()));
        }
        return context.partitionChange() instanceof MergePartitionsContext merge
                ? new PartitionChange.Merge(number(merge.INTEGER(0)), number(merge.INTEGER(1)))
                : new PartitionChange.Add(number(context.addPartitions().INTEGER()));
    }

    private PartitionChange.Number number(TerminalNode node) {
        return new PartitionChange.Number(names.integer(node), names.span(node.getSymbol()));
    }

    private Optional<PartitionChange.Point> point(@Nullable TerminalNode node) {
        return Optional.ofNullable(node)
                .map(text -> new PartitionChange.Point(names.string(text), names.span(text.getSymbol())));
    }

    @Override
    public Statement visitControlQueryStatement(ControlQueryStatementContext context) {
        QueryAction action = switch (context.getStart().getType()) {
            case ThalwegStatementParser.PAUSE -> QueryAction.PAUSE;
            case ThalwegStatementParser.RESUME -> QueryAction.RESUME;
            default -> QueryAction.DROP;
        };
        return new ControlQuery(action, false, names.qualifiedName(context.qualifiedName()), names.span(context));
    }

    @Override
    public Statement visitInsertStatement(InsertStatementContext context) {
        QualifiedName target = names.qualifiedName(context.qualifiedName());
        List<Identifier> columns = names.names(context.nameList());
        QueryText query = queries.query(context.query());
        return query.emit() == EmitClause.NONE && queries.isRowList(context.query())
                ? new InsertValues(target, columns, query, names.span(context))
                : new InsertQuery(target, columns, query, names.span(context));
    }

    @Override
    public Statement visitUpdateStatement(UpdateStatementContext context) {
        return new UpdateRows(
                names.qualifiedName(context.qualifiedName()), queries.plain(context), names.span(context));
    }

    @Override
    public Statement visitDeleteStatement(DeleteStatementContext context) {
        return new DeleteRows(
                names.qualifiedName(context.qualifiedName()), queries.plain(context), names.span(context));
    }

    @Override
    public Statement visitCopyStatement(CopyStatementContext context) {
        CopyFile file = new CopyFile(
                names.string(context.STRING()),
                names.span(context.STRING().getSymbol()),
                context.optionList() == null ? List.of() : names.options(context.optionList()));
        if (context.copyQuery() != null) {
            CopySource query =
                    new CopySource.Query(queries.query(context.copyQuery()), names.span(context.copyQuery()));
            return new CopyTo(query, file, names.span(context));
        }
        QualifiedName name = names.qualifiedName(context.qualifiedName());
        List<Identifier> columns = names.names(context.nameList());
        return context.FROM() == null
                ? new CopyTo(new CopySource.Relation(name, columns, name.span()), file, names.span(context))
                : new CopyFrom(name, columns, file, names.span(context));
    }

    @Override
    public Statement visitShowObjects(ShowObjectsContext context) {
        return new ShowObjects(
                target(context.showTarget()),
                Optional.ofNullable(context.qualifiedName()).map(names::qualifiedName),
                names.optionalString(context.STRING()),
                names.span(context));
    }

    private static ShowTarget target(ShowTargetContext context) {
        return switch (context.getStart().getType()) {
            case ThalwegStatementParser.STREAMS -> ShowTarget.STREAMS;
            case ThalwegStatementParser.TABLES -> ShowTarget.TABLES;
            case ThalwegStatementParser.VIEWS -> ShowTarget.VIEWS;
            case ThalwegStatementParser.MATERIALIZED -> ShowTarget.MATERIALIZED_VIEWS;
            case ThalwegStatementParser.QUERIES -> ShowTarget.QUERIES;
            case ThalwegStatementParser.PARTITIONS -> ShowTarget.PARTITIONS;
            case ThalwegStatementParser.SCHEMAS -> ShowTarget.SCHEMAS;
            case ThalwegStatementParser.FUNCTIONS -> ShowTarget.FUNCTIONS;
            default -> ShowTarget.SETTINGS;
        };
    }

    @Override
    public Statement visitShowCreate(ShowCreateContext context) {
        return new ShowCreate(
                optionalKind(context.objectKind()), names.qualifiedName(context.qualifiedName()), names.span(context));
    }

    @Override
    public Statement visitShowSetting(ShowSettingContext context) {
        return new ShowSetting(names.qualifiedName(context.qualifiedName()), names.span(context));
    }

    @Override
    public Statement visitDescribeStatement(DescribeStatementContext context) {
        return new Describe(
                optionalKind(context.objectKind()), names.qualifiedName(context.qualifiedName()), names.span(context));
    }

    @Override
    public Statement visitExplainStatement(ExplainStatementContext context) {
        ExplainMode mode = context.LOGICAL() != null
                ? ExplainMode.LOGICAL
                : context.STAGES() != null
                        ? ExplainMode.STAGES
                        : context.STATE() != null ? ExplainMode.STATE : ExplainMode.PHYSICAL;
        return new Explain(mode, visit(context.explainable()), names.span(context));
    }

    @Override
    public Statement visitSetStatement(SetStatementContext context) {
        QualifiedName name = names.qualifiedName(context.qualifiedName());
        return context.DEFAULT() == null
                ? new SetSetting(name, names.value(context.literal()), names.span(context))
                : new ResetSetting(Optional.of(name), names.span(context));
    }

    @Override
    public Statement visitResetStatement(ResetStatementContext context) {
        return new ResetSetting(
                Optional.ofNullable(context.qualifiedName()).map(names::qualifiedName), names.span(context));
    }

    @Override
    public Statement visitUseStatement(UseStatementContext context) {
        return new UseSchema(names.qualifiedName(context.qualifiedName()), names.span(context));
    }

    @Override
    public Statement visitTransactionStatement(TransactionStatementContext context) {
        TransactionAction action = switch (context.getStart().getType()) {
            case ThalwegStatementParser.COMMIT -> TransactionAction.COMMIT;
            case ThalwegStatementParser.ROLLBACK -> TransactionAction.ROLLBACK;
            default -> TransactionAction.BEGIN;
        };
        return new ControlTransaction(action, names.span(context));
    }
}
