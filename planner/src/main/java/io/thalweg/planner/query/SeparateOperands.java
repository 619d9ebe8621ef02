package io.thalweg.planner.query;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Gives each place its own copy of a sub-query. Parser and validator would write the same syntax tree into several conditions
 * of a CASE, into which they make {@code CASE x WHEN y}, COALESCE and NULLIF; what is learnt about a sub-query in one of
 * them is forgotten of the others.
 */
final class SeparateOperands extends SqlBasicVisitor<@Nullable Void> {
    private static final SeparateOperands INSTANCE = new SeparateOperands();

    private SeparateOperands() {}

    /** Changes a query. */
    static void separate(SqlNode query) {
        query.accept(INSTANCE);
    }

    @Override
    public @Nullable Void visit(SqlNodeList nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            SqlNode node = nodes.get(i);
            if (node instanceof SqlCall call && isShortCase(call)) {
                nodes.set(i, spelledOut(call));
            }
        }
        return super.visit(nodes);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlCase cases) {
            separateConditions(cases);
        }
        List<SqlNode> operands = call.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) instanceof SqlCall operand && isShortCase(operand)) {
                call.setOperand(i, spelledOut(operand));
            }
        }
        return super.visit(call);
    }

    private static void separateConditions(SqlCase cases) {
        for (int i = 1; i < cases.getWhenOperands().size(); i++) {
            boolean isComparison = cases.getWhenOperands().get(i).getKind() == SqlKind.EQUALS;
            if (isComparison && cases.getWhenOperands().get(i) instanceof SqlCall when && holdsQuery(when)) {
                when.setOperand(0, copy(when.operand(0)));
            }
        }
    }

    private static boolean isShortCase(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return call.operandCount() > 1 && (name.equals("COALESCE") || name.equals("NULLIF")) && holdsQuery(call);
    }

    private static SqlNode spelledOut(SqlCall call) {
        SqlParserPos place = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        if (call.getOperator().getName().equalsIgnoreCase("NULLIF")) {
            SqlNode isEqual = SqlStdOperatorTable.EQUALS.createCall(place, operands);
            return either(isEqual, SqlLiteral.createNull(place), copy(operands.get(0)), place);
        }
        SqlNode result = operands.get(operands.size() - 1);
        for (int i = operands.size() - 2; i >= 0; i--) {
            SqlNode isMissing = SqlStdOperatorTable.IS_NULL.createCall(place, operands.get(i));
            result = either(isMissing, result, copy(operands.get(i)), place);
        }
        return result;
    }

    private static SqlNode either(SqlNode condition, SqlNode yes, SqlNode no, SqlParserPos place) {
        return new SqlCase(place, null, SqlNodeList.of(condition), SqlNodeList.of(yes), no);
    }

    private static boolean holdsQuery(SqlNode node) {
        boolean[] found = {false};
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                found[0] |= call.isA(SqlKind.QUERY);
                return found[0] ? null : super.visit(call);
            }
        });
        return found[0];
    }

    private static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
            }
        }));
    }
}
