package io.thalweg.planner;

import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.lowering.ExpressionLowering;
import io.thalweg.planner.lowering.SyntaxLiteral;
import io.thalweg.planner.query.QueryConverter;
import io.thalweg.planner.query.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Plans UPDATE and DELETE as a query over the table: the stored columns of the rows that the condition finds, and behind
 * them the assigned values that have to be computed. Serves one statement.
 */
final class ChangePlanner {
    private final TableDefinition table;
    private final InsertPlanner assignments;
    private final SqlNode target;
    private final @Nullable SqlIdentifier alias;
    private final @Nullable SqlNode condition;
    private final List<String> columns;
    private final List<SqlNode> values;

    private ChangePlanner(
            TableDefinition table,
            InsertPlanner assignments,
            SqlNode target,
            @Nullable SqlIdentifier alias,
            @Nullable SqlNode condition,
            List<String> columns,
            List<SqlNode> values) {
        this.table = table;
        this.assignments = assignments;
        this.target = target;
        this.alias = alias;
        this.condition = condition;
        this.columns = columns;
        this.values = values;
    }

    static ChangePlanner of(
            SqlNode statement,
            TableDefinition table,
            SourceText source,
            QueryConverter converter,
            ExpressionLowering expressions) {
        if (statement instanceof SqlUpdate update) {
            List<String> columns = new ArrayList<>();
            for (SqlNode node : update.getTargetColumnList()) {
                columns.add(column((SqlIdentifier) node, table, columns, source));
            }
            SourceSpan span = source.span(update.getTargetColumnList().getParserPosition());
            InsertTarget target = new InsertTarget(table, Optional.of(columns), span);
            return new ChangePlanner(
                    table,
                    new InsertPlanner(target, source, converter, expressions),
                    update.getTargetTable(),
                    update.getAlias(),
                    update.getCondition(),
                    columns,
                    update.getSourceExpressionList().getList().stream()
                            .map(SqlNode.class::cast)
                            .toList());
        }
        SqlDelete delete = (SqlDelete) statement;
        InsertTarget target = new InsertTarget(table, Optional.of(List.of()), source.origin());
        return new ChangePlanner(
                table,
                new InsertPlanner(target, source, converter, expressions),
                delete.getTargetTable(),
                delete.getAlias(),
                delete.getCondition(),
                List.of(),
                List.of());
    }

    /** A name of SET, which must be that of a column that takes values; each is checked alone, for the sake of its place. */
    private static String column(SqlIdentifier name, TableDefinition table, List<String> before, SourceText source) {
        SourceSpan place = source.span(name.getParserPosition());
        String column = name.getSimple();
        InsertColumns.of(new InsertTarget(table, Optional.of(List.of(column)), place));
        if (before.contains(column)) {
            throw new ThalwegException(ErrorCode.DUPLICATE_COLUMN, "column " + column + " is assigned twice").at(place);
        }
        return column;
    }

    /** The query of the rows that change. */
    SqlNode query() {
        SqlParserPos place = target.getParserPosition();
        SqlNodeList selected = new SqlNodeList(place);
        String relation = relationName();
        for (Field field : table.columns().storedType().fields()) {
            selected.add(new SqlIdentifier(List.of(relation, field.name()), place));
        }
        for (SqlNode value : values) {
            if (isComputed(value)) {
                String name = "$" + selected.size();
                selected.add(SqlStdOperatorTable.AS.createCall(
                        value.getParserPosition(), value, new SqlIdentifier(name, place)));
            }
        }
        SqlNode from = alias == null ? target : SqlStdOperatorTable.AS.createCall(place, target, alias);
        return new SqlSelect(place, null, selected, from, condition, null, null, null, null, null, null, null, null);
    }

    private String relationName() {
        if (alias != null) {
            return alias.getSimple();
        }
        SqlNode name = target instanceof SqlCall reference ? reference.operand(0) : target;
        List<String> parts = ((SqlIdentifier) name).names;
        return parts.get(parts.size() - 1);
    }

    /** Whether a value is more than a constant, a parameter or a default, which need no query. */
    private static boolean isComputed(SqlNode value) {
        return value.getKind() != SqlKind.DEFAULT
                && !(value instanceof SqlDynamicParam)
                && SyntaxLiteral.of(value).isEmpty();
    }

    /**
     * The rows as they become: the stored columns of the table. If a column of its key is assigned, the key as it was
     * stands behind them.
     *
     * @param found the rows of {@link #query()}
     */
    PlanNode changed(PlanNode found) {
        List<SqlNode> computed =
                values.stream().filter(ChangePlanner::isComputed).toList();
        boolean keyChanges = table.primaryKey().stream()
                .map(key -> table.columns().storedType().field(key).name())
                .anyMatch(columns::contains);
        return assignments.planAssignments(found, values, computed, keyChanges ? table.primaryKey() : List.of());
    }

    /**
     * The types of all parameters of the statement in their order in the text.
     *
     * @param inQuery those of the query, in their order
     */
    List<SqlType> parameterTypes(List<SqlType> inQuery) {
        return assignments.parameterTypesWith(inQuery);
    }
}
