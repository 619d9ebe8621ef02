package io.thalweg.planner;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.lowering.CalcComposer;
import io.thalweg.planner.lowering.ColumnSubstitution;
import io.thalweg.planner.lowering.ExpressionLowering;
import io.thalweg.planner.lowering.SyntaxLiteral;
import io.thalweg.planner.query.QueryConverter;
import io.thalweg.planner.query.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Plans the rows of an INSERT: what goes into which column, as what type, and what goes into the others. */
final class InsertPlanner {
    private final InsertColumns target;
    private final SourceText source;
    private final QueryConverter converter;
    private final ExpressionLowering expressions;
    private final SortedMap<Integer, SqlType> parameters = new TreeMap<>();
    private final Map<Integer, ScalarExpression> defaults = new HashMap<>();

    InsertPlanner(InsertTarget target, SourceText source, QueryConverter converter, ExpressionLowering expressions) {
        this.target = InsertColumns.of(target);
        this.source = source;
        this.converter = converter;
        this.expressions = expressions;
    }

    /** The stored columns of what an INSERT goes into. */
    static RowColumns columnsOf(InsertTarget target) {
        return InsertColumns.columnsOf(target.object(), target.span());
    }

    /** The types of the parameters of the rows, in order. */
    List<SqlType> parameterTypes() {
        return List.copyOf(parameters.values());
    }

    /** The rows of a VALUES as a plan whose row type is the stored one. */
    PlanNode planRows(SqlCall values) {
        List<List<SqlNode>> rows = new ArrayList<>();
        for (SqlNode row : values.getOperandList()) {
            List<SqlNode> cells =
                    row instanceof SqlCall call && call.getKind() == SqlKind.ROW ? call.getOperandList() : List.of(row);
            if (cells.size() != target.size()) {
                throw target.countMismatch(cells.size()).at(source.span(row.getParserPosition()));
            }
            rows.add(cells);
        }
        Map<SqlNode, ScalarExpression> computed = computed(rows);
        List<List<ScalarExpression>> stored = new ArrayList<>();
        for (List<SqlNode> row : rows) {
            stored.add(storedRow(row, computed));
        }
        return new InsertRows(target.assignedType(), parameterTypes()).plan(stored);
    }

    /** Converts everything that is more than a literal in one go. */
    private Map<SqlNode, ScalarExpression> computed(List<List<SqlNode>> rows) {
        List<SqlNode> nodes = new ArrayList<>();
        for (List<SqlNode> row : rows) {
            for (SqlNode cell : row) {
                if (!isParameter(cell) && !isDefault(cell) && literal(cell).isEmpty()) {
                    nodes.add(cell);
                }
            }
        }
        Map<SqlNode, ScalarExpression> computed = new IdentityHashMap<>();
        if (nodes.isEmpty()) {
            return computed;
        }
        List<RexNode> converted = converter.convertExpressions(nodes, new RowType(List.of()));
        for (int i = 0; i < nodes.size(); i++) {
            ScalarExpression expression = lowered(converted.get(i), nodes.get(i));
            noteParameters(expression);
            computed.put(nodes.get(i), expression);
        }
        return computed;
    }

    private ScalarExpression lowered(RexNode expression, SqlNode node) {
        try {
            return expressions.lower(expression);
        } catch (ThalwegException e) {
            throw e.span().isPresent() ? e : e.at(source.span(node.getParserPosition()));
        }
    }

    private void noteParameters(ScalarExpression expression) {
        ColumnSubstitution.substituteParameters(expression, parameter -> {
            parameters.put(parameter.index(), parameter.type());
            return parameter;
        });
    }

    private static boolean isParameter(SqlNode cell) {
        return cell instanceof SqlDynamicParam;
    }

    private static boolean isDefault(SqlNode cell) {
        return cell.getKind() == SqlKind.DEFAULT;
    }

    private Optional<Literal> literal(SqlNode cell) {
        try {
            return SyntaxLiteral.of(cell);
        } catch (ThalwegException e) {
            throw e.at(source.span(cell.getParserPosition()));
        }
    }

    private List<ScalarExpression> storedRow(List<SqlNode> cells, Map<SqlNode, ScalarExpression> computed) {
        List<ScalarExpression> row = new ArrayList<>();
        for (int stored = 0; stored < target.storedType().size(); stored++) {
            int given = target.positionOf(stored);
            row.add(given < 0 ? defaultOf(stored) : cell(cells.get(given), stored, computed));
        }
        return row;
    }

    private ScalarExpression cell(SqlNode cell, int stored, Map<SqlNode, ScalarExpression> computed) {
        if (isDefault(cell)) {
            return defaultOf(stored);
        }
        if (cell instanceof SqlDynamicParam parameter) {
            SqlType type = target.assignedType().type(stored).withNullable(true);
            parameters.put(parameter.getIndex(), type);
            return new ParameterReference(parameter.getIndex(), type);
        }
        ScalarExpression value = computed.get(cell);
        if (value == null) {
            value = literal(cell).orElseThrow();
        }
        return assigned(value, stored, source.span(cell.getParserPosition()));
    }

    private ScalarExpression assigned(ScalarExpression value, int stored, SourceSpan place) {
        return AssignmentCast.assign(value, target.column(stored), target.describe(stored), place);
    }

    private ScalarExpression defaultOf(int stored) {
        ScalarExpression known = defaults.get(stored);
        if (known == null) {
            known = makeDefault(stored);
            defaults.put(stored, known);
        }
        return known;
    }

    private ScalarExpression makeDefault(int stored) {
        ColumnDefinition column = target.column(stored);
        if (column.expression().isEmpty()) {
            if (!column.type().nullable()) {
                throw new ThalwegException(
                                ErrorCode.NULL_NOT_ALLOWED,
                                target.describe(stored) + " may not be NULL, has no default and is not given a value")
                        .at(target.span());
            }
            return Literal.nullOf(AssignmentCast.open(column.type()));
        }
        RexNode converted = converter.convertDefinition(
                column.expression().get(), new RowType(List.of()), "the default of " + target.describe(stored));
        return assigned(expressions.lower(converted), stored, target.span());
    }

    /** The rows of a query as a plan whose row type is the stored one. */
    PlanNode planQuery(PlanNode query, SourceSpan place) {
        if (query.type().size() != target.size()) {
            throw target.countMismatch(query.type().size()).at(place);
        }
        List<ScalarExpression> columns = new ArrayList<>();
        for (int stored = 0; stored < target.storedType().size(); stored++) {
            int given = target.positionOf(stored);
            columns.add(
                    given < 0
                            ? defaultOf(stored)
                            : assigned(new ColumnReference(given, query.type().type(given)), stored, place));
        }
        List<String> names =
                target.storedType().fields().stream().map(Field::name).toList();
        return declared(CalcComposer.project(query, columns, names), target.assignedType());
    }

    /**
     * The rows of an UPDATE: the stored columns with what is assigned in the place of what was there, and the old key.
     *
     * @param found the stored columns of the rows as they are, and behind them the computed values
     * @param values a value for each column of the target
     * @param computed those of them that the rows bring
     * @param oldKey the stored columns that are repeated as they were
     */
    PlanNode planAssignments(PlanNode found, List<SqlNode> values, List<SqlNode> computed, List<Integer> oldKey) {
        RowType type = found.type();
        int storedColumns = target.storedType().size();
        Map<SqlNode, ScalarExpression> references = new IdentityHashMap<>();
        for (int i = 0; i < computed.size(); i++) {
            int column = storedColumns + i;
            references.put(computed.get(i), new ColumnReference(column, type.type(column)));
        }
        List<ScalarExpression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int stored = 0; stored < storedColumns; stored++) {
            int given = target.positionOf(stored);
            columns.add(
                    given < 0
                            ? new ColumnReference(stored, type.type(stored))
                            : cell(values.get(given), stored, references));
            fields.add(given < 0 ? type.field(stored) : target.assignedType().field(stored));
        }
        for (int key : oldKey) {
            columns.add(new ColumnReference(key, type.type(key)));
            fields.add(new Field("old " + type.field(key).name(), type.type(key)));
        }
        List<String> names = fields.stream().map(Field::name).toList();
        return declared(CalcComposer.project(found, columns, names), new RowType(fields));
    }

    /** All parameters in order: those that are values by themselves, and those that a query around them has. */
    List<SqlType> parameterTypesWith(List<SqlType> inQuery) {
        List<SqlType> types = new ArrayList<>();
        int next = 0;
        while (types.size() < parameters.size() + inQuery.size()) {
            SqlType own = parameters.get(types.size());
            types.add(own != null ? own : inQuery.get(next++));
        }
        return types;
    }

    /** The node with the stored row type, which may say NOT NULL where the expressions cannot promise it. */
    private static PlanNode declared(PlanNode rows, RowType type) {
        if (rows.type().equals(type)) {
            return rows;
        }
        if (rows instanceof CalcNode calc) {
            return new CalcNode(calc.input(), calc.condition(), calc.projections(), type);
        }
        List<ScalarExpression> columns = IntStream.range(0, type.size())
                .<ScalarExpression>mapToObj(
                        i -> new ColumnReference(i, rows.type().type(i)))
                .toList();
        return new CalcNode(rows, Optional.empty(), columns, type);
    }
}
