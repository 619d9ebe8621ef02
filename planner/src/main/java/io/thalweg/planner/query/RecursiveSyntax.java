package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the queries of WITH RECURSIVE ready for the validator. Those that do not read themselves are told to be plain. Of the
 * others the columns are made to allow NULL, since the validator knows the type of their rows from the first part alone.
 */
final class RecursiveSyntax extends SqlBasicVisitor<@Nullable Void> {
    private final SourceText source;

    private RecursiveSyntax(SourceText source) {
        this.source = source;
    }

    /** Changes the tree in place. */
    static void prepare(SqlNode query, SourceText source) {
        query.accept(new RecursiveSyntax(source));
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        super.visit(call);
        if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
            if (References.count(item.query, item.name) == 0) {
                item.recursive = SqlLiteral.createBoolean(false, item.recursive.getParserPosition());
            } else {
                prepare(item);
            }
        }
        return null;
    }

    private void prepare(SqlWithItem item) {
        if (item.query.getKind() != SqlKind.UNION || !(item.query instanceof SqlBasicCall union)) {
            throw refused(item, "is not of the form first UNION [ALL] next");
        }
        if (References.count(union.operand(0), item.name) > 0) {
            throw refused(item, "reads itself in its first part");
        }
        union.setOperand(0, nullable(union.operand(0)));
    }

    private ThalwegException refused(SqlWithItem item, String why) {
        return new ThalwegException(ErrorCode.INVALID_QUERY, "recursive query " + item.name.getSimple() + " " + why)
                .at(source.span(item.name.getParserPosition()))
                .withHint("WITH RECURSIVE r AS (the first rows UNION [ALL] what follows from the rows of r)");
    }

    /** The query as the side of an outer join that may be missing; {@link RecursionConversion} undoes it when the types are known. */
    private static SqlNode nullable(SqlNode query) {
        SqlParserPos zero = SqlParserPos.ZERO;
        SqlNode one = SqlStdOperatorTable.VALUES.createCall(
                zero, SqlStdOperatorTable.ROW.createCall(zero, SqlLiteral.createBoolean(true, zero)));
        SqlJoin join = new SqlJoin(
                zero,
                SqlStdOperatorTable.AS.createCall(zero, one, new SqlIdentifier("$one", zero)),
                SqlLiteral.createBoolean(false, zero),
                JoinType.LEFT.symbol(zero),
                SqlStdOperatorTable.AS.createCall(zero, query, new SqlIdentifier("$start", zero)),
                JoinConditionType.ON.symbol(zero),
                SqlLiteral.createBoolean(true, zero));
        SqlNodeList columns = SqlNodeList.of(SqlIdentifier.star(List.of("$start", ""), zero, List.of(zero, zero)));
        return new SqlSelect(
                query.getParserPosition(), null, columns, join, null, null, null, null, null, null, null, null, null);
    }

    /** Counts how often a relation is read by its simple name. */
    private static final class References extends SqlBasicVisitor<@Nullable Void> {
        private final SqlIdentifier name;
        private int count;

        private References(SqlIdentifier name) {
            this.name = name;
        }

        static int count(SqlNode query, SqlIdentifier name) {
            References references = new References(name);
            query.accept(references);
            return references.count;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getFrom() != null) {
                visitFrom(select.getFrom());
            } else if (call instanceof SqlJoin join) {
                visitFrom(join.getLeft());
                visitFrom(join.getRight());
            }
            return super.visit(call);
        }

        private void visitFrom(SqlNode relation) {
            if (relation instanceof SqlIdentifier identifier && identifier.names.equals(name.names)) {
                count++;
            } else if (relation.getKind() == SqlKind.AS || relation.getKind() == SqlKind.LATERAL) {
                visitFrom(((SqlCall) relation).operand(0));
            }
        }
    }
}
