package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, by name and place, what parses but is not in the language, and what is larger than our limits. Runs between
 * parser and validator, so that an unsupported construct is called by its name and not by what it would have broken.
 */
final class SyntaxGuard extends SqlBasicVisitor<@Nullable Void> {
    static final int MAX_CONDITIONS = 300;
    private static final int MAX_EXPRESSION_DEPTH = 400;
    private static final int MAX_LIST = 10_000;
    private static final int MAX_JOINED_TABLES = 64;
    private static final int MAX_UNION_BRANCHES = 100;
    private static final int MAX_INTERVAL_FRACTION = 3;
    private static final int MAX_QUERY_DEPTH = 32;

    private static final Pattern FINER_THAN_MICROS = Pattern.compile("\\.\\d{6}\\d*[1-9]");
    private static final Set<SqlKind> SET_OPERATIONS = EnumSet.of(SqlKind.UNION, SqlKind.INTERSECT, SqlKind.EXCEPT);
    private static final Set<JoinType> JOINS = EnumSet.of(
            JoinType.INNER,
            JoinType.CROSS,
            JoinType.COMMA,
            JoinType.LEFT,
            JoinType.RIGHT,
            JoinType.FULL,
            JoinType.ASOF,
            JoinType.LEFT_ASOF);
    private static final Map<SqlKind, String> UNSUPPORTED = unsupported();

    private static final Set<String> WINDOW_FUNCTIONS = Set.of("TUMBLE", "HOP", "CUMULATE", "SESSION");

    private final SourceText source;
    /** Whether this is an expression of the catalog, which no table is read for. */
    private final boolean withoutTables;

    private final List<SqlIdentifier> relations = new ArrayList<>();

    private int depth;
    private int queryDepth;
    private boolean inPattern;

    private SyntaxGuard(SourceText source, boolean withoutTables) {
        this.source = source;
        this.withoutTables = withoutTables;
    }

    /** Checks a query and returns the names in its FROM clauses, which tell where an error in a view is to be shown. */
    static List<SqlIdentifier> checkQuery(SqlNode query, SourceText source) {
        SyntaxGuard guard = new SyntaxGuard(source, false);
        guard.visitRelation(query);
        return guard.relations;
    }

    /** Checks an expression that is not part of a query. */
    static void checkExpression(SqlNode expression, SourceText source) {
        expression.accept(new SyntaxGuard(source, true));
    }

    private static Map<SqlKind, String> unsupported() {
        Map<SqlKind, String> names = new EnumMap<>(SqlKind.class);
        for (SqlKind kind : List.of(
                SqlKind.TABLESAMPLE,
                SqlKind.HOP,
                SqlKind.SESSION,
                SqlKind.UNIQUE,
                SqlKind.CURSOR,
                SqlKind.OVERLAPS,
                SqlKind.CONVERT,
                SqlKind.TRANSLATE)) {
            names.put(kind, kind.name().replace('_', ' '));
        }
        names.put(SqlKind.ARRAY_QUERY_CONSTRUCTOR, "ARRAY of a sub-query");
        names.put(SqlKind.MAP_QUERY_CONSTRUCTOR, "MAP of a sub-query");
        names.put(SqlKind.SNAPSHOT, "FOR SYSTEM_TIME AS OF anywhere but on the right of a join");
        names.put(SqlKind.MULTISET_QUERY_CONSTRUCTOR, "MULTISET");
        names.put(SqlKind.MULTISET_VALUE_CONSTRUCTOR, "MULTISET");
        names.put(SqlKind.WITHIN_DISTINCT, "WITHIN DISTINCT");
        names.put(SqlKind.NEXT_VALUE, "NEXT VALUE");
        names.put(SqlKind.CURRENT_VALUE, "CURRENT VALUE");
        names.put(SqlKind.EXTEND, "EXTEND");
        names.put(SqlKind.NEW_SPECIFICATION, "NEW");
        names.put(SqlKind.INSERT, "INSERT in a query");
        names.put(SqlKind.UPDATE, "UPDATE in a query");
        names.put(SqlKind.DELETE, "DELETE in a query");
        names.put(SqlKind.MERGE, "MERGE");
        names.put(SqlKind.EXPLAIN, "EXPLAIN in a query");
        names.put(SqlKind.DESCRIBE_TABLE, "DESCRIBE in a query");
        return names;
    }

    private ThalwegException refuse(String construct, SqlNode where) {
        return new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, construct + " is not supported")
                .at(source.span(where.getParserPosition()));
    }

    private ThalwegException tooComplex(String message, SqlNode where) {
        return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, message)
                .at(source.span(where.getParserPosition()));
    }

    private void visitIfPresent(@Nullable SqlNode node) {
        if (node != null) {
            node.accept(this);
        }
    }

    private void visitMatch(SqlMatchRecognize match) {
        visitRelation(match.getTableRef());
        visitIfPresent(match.getPartitionList());
        visitIfPresent(match.getOrderList());
        inPattern = true;
        match.getMeasureList().accept(this);
        match.getPatternDefList().accept(this);
        inPattern = false;
    }

    /** Visits what stands where a table may stand. */
    private void visitRelation(SqlNode node) {
        refuseUnsupported(node);
        switch (node.getKind()) {
            case IDENTIFIER -> relations.add((SqlIdentifier) node);
            case TABLE_REF, EXPLICIT_TABLE -> visitRelation(((SqlCall) node).operand(0));
            case AS, LATERAL -> visitRelation(((SqlCall) node).operand(0));
            case JOIN -> visitJoin((SqlJoin) node);
            case UNION, INTERSECT, EXCEPT -> visitSetOperation((SqlCall) node);
            case WITH -> visitWith((SqlWith) node);
            case SELECT -> visitSelect((SqlSelect) node);
            case VALUES -> visitRows((SqlCall) node);
            case ORDER_BY -> visitOrdered((SqlOrderBy) node);
            case UNNEST -> ((SqlCall) node).getOperandList().forEach(this::visitIfPresent);
            case MATCH_RECOGNIZE -> visitMatch((SqlMatchRecognize) node);
            case PIVOT -> {
                visitRelation(((SqlPivot) node).query);
                ((SqlPivot) node).aggList.accept(this);
            }
            case UNPIVOT -> visitRelation(((SqlUnpivot) node).query);
            case COLLECTION_TABLE -> visitTableFunction(((SqlCall) node).operand(0));
            default -> throw refuse(node.getKind().sql + " as a table", node);
        }
    }

    private void visitSelect(SqlSelect select) {
        if (select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
            throw refuse("SELECT STREAM in a sub-query", select);
        }
        visitIfPresent(select.getSelectList());
        visitIfPresent(select.getWhere());
        SqlNodeList groups = select.getGroup();
        for (SqlNode group : groups == null ? SqlNodeList.EMPTY : groups) {
            switch (group.getKind()) {
                case HOP, SESSION -> ((SqlCall) group).getOperandList().forEach(this::visitIfPresent);
                default -> visitGroup(group);
            }
        }
        visitIfPresent(select.getHaving());
        visitIfPresent(select.getWindowList());
        visitIfPresent(select.getQualify());
        SqlNode from = select.getFrom();
        if (from != null) {
            visitRelation(from);
        }
    }

    /** Visits what stands in GROUP BY, where lists in parentheses are sets of columns. */
    private void visitGroup(SqlNode node) {
        switch (node.getKind()) {
            case GROUPING_SETS, ROLLUP, CUBE, ROW ->
                ((SqlCall) node).getOperandList().forEach(this::visitGroup);
            default -> {
                if (node instanceof SqlNodeList list) {
                    list.forEach(this::visitGroup);
                } else {
                    node.accept(this);
                }
            }
        }
    }

    private void visitOrdered(SqlOrderBy order) {
        visitRelation(order.query);
        visitIfPresent(order.orderList);
        checkRowCount(order.offset, "OFFSET");
        checkRowCount(order.fetch, "LIMIT");
    }

    private void checkRowCount(@Nullable SqlNode count, String clause) {
        if (count != null && !(count instanceof SqlLiteral)) {
            throw refuse(clause + " that is not a number", count);
        }
    }

    private void visitWith(SqlWith with) {
        for (SqlNode item : with.withList) {
            SqlWithItem definition = (SqlWithItem) item;
            visitRelation(definition.query);
        }
        visitRelation(with.body);
    }

    private void visitRows(SqlCall values) {
        for (SqlNode row : values.getOperandList()) {
            if (row instanceof SqlCall call && call.getKind() == SqlKind.ROW) {
                call.getOperandList().forEach(this::visitIfPresent);
            } else {
                visitIfPresent(row);
            }
        }
    }

    private void visitTableFunction(SqlNode node) {
        SqlCall call = (SqlCall) node;
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!WINDOW_FUNCTIONS.contains(name)) {
            throw new ThalwegException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "table function " + name.toLowerCase(Locale.ROOT) + " does not exist")
                    .at(source.span(call.getParserPosition()))
                    .withHint("The table functions there are: TUMBLE, HOP, CUMULATE and SESSION.");
        }
        for (SqlNode operand : call.getOperandList()) {
            SqlNode value = operand;
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                value = ((SqlCall) operand).operand(0);
            }
            if (value.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                value = partitioned((SqlCall) value, name);
            }
            boolean descriptor = value instanceof SqlCall named
                    && named.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")
                    && named.operandCount() != 1;
            if (descriptor) {
                throw refuse("a DESCRIPTOR that does not name one column", value);
            }
            if (value.isA(SqlKind.QUERY) || value.getKind() == SqlKind.EXPLICIT_TABLE) {
                visitRelation(value);
            } else {
                visitIfPresent(value);
            }
        }
    }

    /** The table of which PARTITION BY says something. */
    private SqlNode partitioned(SqlCall table, String function) {
        if (!function.equals("SESSION")) {
            throw refuse("PARTITION BY in " + function, table);
        }
        SqlNodeList order = table.operand(2);
        if (!order.isEmpty()) {
            throw refuse("ORDER BY in SESSION", order);
        }
        for (SqlNode key : (SqlNodeList) table.operand(1)) {
            if (!(key instanceof SqlIdentifier)) {
                throw refuse("PARTITION BY an expression", key);
            }
        }
        return table.operand(0);
    }

    private void visitJoin(SqlJoin top) {
        int tables = 1;
        SqlNode left = top;
        Deque<SqlJoin> joins = new ArrayDeque<>();
        while (left instanceof SqlJoin join) {
            joins.push(join);
            left = join.getLeft();
        }
        visitRelation(left);
        for (SqlJoin join : joins) {
            checkJoinType(join);
            visitRelation(join.getRight());
            visitIfPresent(join.getCondition());
            if (join instanceof SqlAsofJoin asof) {
                visitIfPresent(asof.getMatchCondition());
            }
            if (++tables > MAX_JOINED_TABLES) {
                throw tooComplex("more than " + MAX_JOINED_TABLES + " tables are joined", join.getRight());
            }
        }
    }

    private void checkJoinType(SqlJoin join) {
        JoinType type = join.getJoinType();
        if (!JOINS.contains(type)) {
            String name = type.name().replace("_JOIN", "").replace('_', ' ') + " JOIN";
            throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, name + " is not supported")
                    .at(source.joinSpan(join.getJoinTypeNode().getParserPosition()));
        }
    }

    private void visitSetOperation(SqlCall top) {
        int branches = 1;
        SqlNode left = top;
        Deque<SqlNode> right = new ArrayDeque<>();
        while (left instanceof SqlCall call && SET_OPERATIONS.contains(left.getKind())) {
            right.push(call.operand(1));
            left = call.operand(0);
            if (++branches > MAX_UNION_BRANCHES) {
                throw tooComplex("more than " + MAX_UNION_BRANCHES + " queries are put together", call.operand(1));
            }
        }
        visitRelation(left);
        right.forEach(this::visitRelation);
    }

    private void refuseUnsupported(SqlNode node) {
        String construct = UNSUPPORTED.get(node.getKind());
        if (construct != null) {
            throw refuse(construct, node);
        }
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        refuseUnsupported(call);
        if (call.isA(SqlKind.QUERY)) {
            visitSubQuery(call);
            return null;
        }
        if (depth >= MAX_EXPRESSION_DEPTH) {
            throw tooComplex("an expression is nested more than " + MAX_EXPRESSION_DEPTH + " operators deep", call);
        }
        if (inPattern && call.getFunctionQuantifier() != null) {
            throw refuse("DISTINCT in a row pattern", call);
        }
        switch (call.getKind()) {
            case WINDOW -> checkWindow((SqlWindow) call);
            case AND, OR -> checkChain(call);
            case IN, NOT_IN, SOME, ALL -> {
                visitMembership(call);
                return null;
            }
            case CAST, SAFE_CAST -> checkCast(call);
            case OTHER_FUNCTION -> checkNotEmpty(call);
            default -> {}
        }
        depth++;
        super.visit(call);
        depth--;
        return null;
    }

    /** The validator takes a COALESCE apart before it counts. */
    private void checkNotEmpty(SqlCall call) {
        boolean coalesce = call.getOperator().getName().equalsIgnoreCase("COALESCE");
        if (coalesce && call.operandCount() == 0) {
            throw new ThalwegException(ErrorCode.UNDEFINED_FUNCTION, "function coalesce takes at least 1 argument")
                    .at(source.span(call.getParserPosition()));
        }
    }

    /** Calcite forgets the frame of a window that begins with the name of another. */
    private void checkWindow(SqlWindow window) {
        if (window.getRefName() != null && (window.getLowerBound() != null || window.getUpperBound() != null)) {
            throw refuse("a frame in a window that begins with the name of another", window);
        }
    }

    private void checkCast(SqlCall cast) {
        if (cast.operandCount() > 2) {
            throw refuse("FORMAT in CAST", cast.operand(2));
        }
        // Calcite reads a + b::type as (a + b)::type, and does not tell whether there were parentheses.
        boolean infix = cast.getOperator().equals(SqlLibraryOperators.INFIX_CAST);
        if (infix
                && cast.operand(0) instanceof SqlCall value
                && !value.getOperator().equals(SqlLibraryOperators.INFIX_CAST)
                && value.getOperator().getSyntax().family != SqlSyntax.FUNCTION) {
            throw refuse(":: behind an operator", cast).withHint("Write CAST(expression AS type).");
        }
    }

    private void checkChain(SqlCall top) {
        int conditions = 1;
        Deque<SqlNode> waiting = new ArrayDeque<>(top.getOperandList());
        while (!waiting.isEmpty()) {
            SqlNode node = waiting.pop();
            if (node instanceof SqlCall call && call.getKind() == top.getKind()) {
                call.getOperandList().forEach(waiting::push);
                conditions++;
            }
        }
        if (conditions >= MAX_CONDITIONS) {
            throw tooComplex("more than " + MAX_CONDITIONS + " conditions are chained by " + top.getKind(), top);
        }
    }

    private void visitSubQuery(SqlCall query) {
        if (withoutTables) {
            throw refuse("a sub-query in this expression", query);
        }
        if (queryDepth >= MAX_QUERY_DEPTH) {
            throw tooComplex("sub-queries are nested more than " + MAX_QUERY_DEPTH + " deep", query);
        }
        queryDepth++;
        visitRelation(query);
        queryDepth--;
    }

    /** What is looked for in a list or a sub-query may be a row. */
    private void visitMembership(SqlCall membership) {
        SqlNode sought = membership.operand(0);
        SqlNode list = membership.operand(1);
        if (list instanceof SqlNodeList values && values.size() > MAX_LIST) {
            throw tooComplex("an IN list has more than " + MAX_LIST + " values", values);
        }
        depth++;
        if (sought instanceof SqlCall row && row.getKind() == SqlKind.ROW && !(list instanceof SqlNodeList)) {
            row.getOperandList().forEach(this::visitIfPresent);
        } else {
            visitIfPresent(sought);
        }
        visitIfPresent(list);
        depth--;
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        TypeGuard.check(type, source.span(type.getParserPosition()));
        return null;
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlIntervalLiteral interval) {
            String value = String.valueOf(
                    interval.getValueAs(SqlIntervalLiteral.IntervalValue.class).getIntervalLiteral());
            String fraction = value.contains(".") ? value.substring(value.indexOf('.') + 1) : "";
            if (fraction.replaceAll("0+$", "").length() > MAX_INTERVAL_FRACTION) {
                throw refuse("an interval finer than a millisecond", literal);
            }
        }
        boolean time = literal instanceof SqlAbstractDateTimeLiteral || literal instanceof SqlUnknownLiteral;
        if (time
                && FINER_THAN_MICROS.matcher(String.valueOf(literal.getValue())).find()) {
            throw refuse("a time finer than a microsecond", literal);
        }
        return null;
    }
}
