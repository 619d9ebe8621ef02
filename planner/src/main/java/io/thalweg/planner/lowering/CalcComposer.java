package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts a condition and projections on a node with as few nodes, copies and columns read as possible. */
public final class CalcComposer {
    private CalcComposer() {}

    /** Renames and computes: one expression for each name. */
    public static PlanNode project(PlanNode input, List<ScalarExpression> projections, List<String> names) {
        return calc(input, Optional.empty(), projections, names);
    }

    static PlanNode filter(PlanNode input, ScalarExpression condition) {
        return calc(input, Optional.of(condition), identity(input.type()), names(input.type()));
    }

    static List<ScalarExpression> identity(RowType type) {
        return IntStream.range(0, type.size())
                .<ScalarExpression>mapToObj(i -> new ColumnReference(i, type.type(i)))
                .toList();
    }

    static List<String> names(RowType type) {
        return type.fields().stream().map(Field::name).toList();
    }

    /** A calculation over another input with the same columns; nothing is left of one that does nothing. */
    static PlanNode recomposed(CalcNode node, PlanNode input) {
        return calc(input, node.condition(), node.projections(), names(node.type()));
    }

    private static PlanNode calc(
            PlanNode input,
            Optional<ScalarExpression> condition,
            List<ScalarExpression> projections,
            List<String> names) {
        RowType type = rowType(projections, names);
        if (condition.filter(ConstantFolding::isNeverTrue).isPresent()) {
            return new ValuesNode(List.of(), type);
        }
        Optional<ScalarExpression> real = condition.filter(c -> !(c instanceof Literal));
        if (real.isEmpty() && projections.equals(identity(input.type()))) {
            return RenamedNode.rename(input, names);
        }
        if (input instanceof CalcNode lower && canMerge(lower, real, projections)) {
            return merged(lower, real, projections, names);
        }
        if (input instanceof ScanNode scan) {
            return overScan(scan, real, projections, names);
        }
        if (input instanceof ValuesNode values
                && real.isEmpty()
                && projections.stream().allMatch(Literal.class::isInstance)) {
            List<Literal> row = projections.stream().map(Literal.class::cast).toList();
            return new ValuesNode(values.rows().stream().map(r -> row).toList(), type);
        }
        return input instanceof ValuesNode values
                ? overValues(values, real, projections, names)
                : new CalcNode(input, real, projections, type);
    }

    /** Computes over the columns that are used only, which are none for a SELECT without FROM. */
    private static PlanNode overValues(
            ValuesNode values,
            Optional<ScalarExpression> condition,
            List<ScalarExpression> projections,
            List<String> names) {
        List<Integer> used = usedColumns(values, condition, projections);
        RowType type = new RowType(used.stream().map(values.type()::field).toList());
        List<List<Literal>> rows = values.rows().stream()
                .map(row -> used.stream().map(row::get).toList())
                .toList();
        List<ScalarExpression> columns =
                projections.stream().map(p -> renumbered(p, used)).toList();
        return new CalcNode(
                new ValuesNode(rows, type), condition.map(c -> renumbered(c, used)), columns, rowType(columns, names));
    }

    private static List<Integer> usedColumns(
            PlanNode input, Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        int[] uses = ColumnSubstitution.uses(
                all(condition, projections), input.type().size());
        return IntStream.range(0, uses.length).filter(i -> uses[i] > 0).boxed().toList();
    }

    private static RowType rowType(List<ScalarExpression> projections, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            fields.add(new Field(names.get(i), projections.get(i).type()));
        }
        return new RowType(fields);
    }

    private static List<ScalarExpression> all(
            Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        List<ScalarExpression> all = new ArrayList<>(projections);
        condition.ifPresent(all::add);
        return all;
    }

    /** Whether nothing would be computed twice. */
    private static boolean canMerge(
            CalcNode lower, Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        int[] uses = ColumnSubstitution.uses(
                all(condition, projections), lower.type().size());
        return IntStream.range(0, uses.length)
                .allMatch(i -> uses[i] <= 1
                        || lower.projections().get(i) instanceof ColumnReference
                        || lower.projections().get(i) instanceof Literal);
    }

    private static PlanNode merged(
            CalcNode lower,
            Optional<ScalarExpression> condition,
            List<ScalarExpression> projections,
            List<String> names) {
        List<ScalarExpression> conditions = new ArrayList<>();
        lower.condition().ifPresent(conditions::add);
        condition.ifPresent(c -> conditions.add(onInput(c, lower)));
        Optional<ScalarExpression> both =
                conditions.isEmpty() ? Optional.empty() : Optional.of(ConstantFolding.fold(LogicCalls.and(conditions)));
        List<ScalarExpression> columns =
                projections.stream().map(p -> onInput(p, lower)).toList();
        return calc(lower.input(), both, columns, names);
    }

    private static ScalarExpression onInput(ScalarExpression expression, CalcNode lower) {
        return ColumnSubstitution.substitute(
                expression, column -> lower.projections().get(column.column()));
    }

    /** Reads only the columns that are used; if they are only copied, the scan itself gives them in the right order. */
    private static PlanNode overScan(
            ScanNode scan,
            Optional<ScalarExpression> condition,
            List<ScalarExpression> projections,
            List<String> names) {
        boolean copies = condition.isEmpty() && projections.stream().allMatch(ColumnReference.class::isInstance);
        if (copies) {
            List<Integer> columns = projections.stream()
                    .map(p -> ((ColumnReference) p).column())
                    .toList();
            Set<Integer> distinct = new HashSet<>(columns);
            if (distinct.size() == columns.size()) {
                return RenamedNode.rename(narrowed(scan, columns), names);
            }
        }
        List<Integer> used = usedColumns(scan, condition, projections);
        List<ScalarExpression> columns =
                projections.stream().map(p -> renumbered(p, used)).toList();
        return new CalcNode(
                narrowed(scan, used), condition.map(c -> renumbered(c, used)), columns, rowType(columns, names));
    }

    private static ScalarExpression renumbered(ScalarExpression expression, List<Integer> used) {
        return ColumnSubstitution.substitute(
                expression, column -> new ColumnReference(used.indexOf(column.column()), column.type()));
    }

    private static ScanNode narrowed(ScanNode scan, List<Integer> kept) {
        List<Integer> columns = kept.stream().map(scan.columns()::get).toList();
        RowType type = new RowType(kept.stream().map(scan.type()::field).toList());
        return new ScanNode(scan.kind(), scan.objectId(), scan.name(), columns, scan.hasWatermark(), type);
    }
}
