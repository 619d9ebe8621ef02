package io.thalweg.planner.query;

import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes windows as the validator can read them. What PARTITION BY says of the table of a SESSION becomes one more argument,
 * a DESCRIPTOR; {@code HOP(...)} and {@code SESSION(...)} in GROUP BY become the start and the end of the window.
 */
final class WindowSyntax extends SqlShuttle {
    private static final String KEY = "KEY";

    private WindowSyntax() {}

    static SqlNode plain(SqlNode query) {
        SqlNode plain = query.accept(new WindowSyntax());
        return plain == null ? query : plain;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select && select.getGroup() != null) {
            select.setGroupBy(boundsOf(select.getGroup()));
        }
        return visited instanceof SqlBasicCall plain && hasPartitionedTable(plain) ? withKey(plain) : visited;
    }

    private static SqlNodeList boundsOf(SqlNodeList group) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : group) {
            switch (item.getKind()) {
                case HOP -> addBounds((SqlCall) item, ThalwegOperators.HOP_START, ThalwegOperators.HOP_END, items);
                case SESSION ->
                    addBounds((SqlCall) item, ThalwegOperators.SESSION_START, ThalwegOperators.SESSION_END, items);
                default -> items.add(item);
            }
        }
        return new SqlNodeList(items, group.getParserPosition());
    }

    private static void addBounds(SqlCall window, SqlOperator start, SqlOperator end, List<SqlNode> items) {
        items.add(start.createCall(window.getParserPosition(), window.getOperandList()));
        items.add(end.createCall(window.getParserPosition(), window.getOperandList()));
    }

    private static boolean hasPartitionedTable(SqlCall call) {
        return call.getOperator().getName().equalsIgnoreCase(ThalwegOperators.SESSION.getName())
                && call.getOperandList().stream().anyMatch(o -> table(o).getKind() == SqlKind.SET_SEMANTICS_TABLE);
    }

    /** An argument without its name. */
    private static SqlNode table(SqlNode argument) {
        return argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT ? ((SqlCall) argument).operand(0) : argument;
    }

    private static SqlNode withKey(SqlBasicCall call) {
        List<SqlNode> arguments = new ArrayList<>();
        List<SqlNode> keys = new ArrayList<>();
        boolean named = false;
        for (SqlNode argument : call.getOperandList()) {
            SqlNode table = table(argument);
            boolean isNamed = table != argument;
            named |= isNamed;
            if (table.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                SqlCall partitioned = (SqlCall) table;
                keys.addAll((SqlNodeList) partitioned.operand(1));
                arguments.add(
                        isNamed
                                ? named(partitioned.operand(0), ((SqlCall) argument).operand(1))
                                : partitioned.operand(0));
            } else {
                arguments.add(argument);
            }
        }
        SqlParserPos place = SqlParserPos.sum(keys);
        SqlNode key = SqlStdOperatorTable.DESCRIPTOR.createCall(place, keys);
        arguments.add(named ? named(key, new SqlIdentifier(KEY, place)) : key);
        return call.getOperator().createCall(call.getParserPosition(), arguments);
    }

    private static SqlNode named(SqlNode value, SqlNode name) {
        return SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(value.getParserPosition(), value, name);
    }
}
