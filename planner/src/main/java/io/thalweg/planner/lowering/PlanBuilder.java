package io.thalweg.planner.lowering;

import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SetOperationNode.SetOperation;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.relation.AsofRelation;
import io.thalweg.planner.relation.MatchJoin;
import io.thalweg.planner.relation.Recursion;
import io.thalweg.planner.relation.RecursionRows;
import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.Unnesting;
import io.thalweg.planner.relation.WindowAssignment;
import io.thalweg.planner.schema.SourceScan;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;

/** Turns a rewritten relational expression into the nodes of a physical plan. */
public final class PlanBuilder {
    private final ExpressionLowering expressions;

    /** @param expressions of the query */
    public PlanBuilder(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    /** The plan of a query. If the query ends, an order may be on its top; otherwise an order tells what a limit keeps. */
    public PlanNode build(RelNode query, EmitMode mode) {
        return UnusedRanks.dropped(mode == EmitMode.SNAPSHOT ? ordered(query) : node(query));
    }

    private PlanNode ordered(RelNode query) {
        if (query instanceof Project project && isOrdered(project)) {
            return project(project, ordered(project.getInput()));
        }
        return query instanceof Sort sort ? SortLowering.lower(sort, node(sort.getInput())) : node(query);
    }

    /** A window function above an order reads rows in no order: its own order counts. */
    private static boolean isOrdered(RelNode rel) {
        return rel instanceof Sort
                || (rel instanceof Project project && !project.containsOver() && isOrdered(project.getInput()));
    }

    private PlanNode node(RelNode rel) {
        if (rel instanceof SourceScan scan) {
            return scan(scan);
        } else if (rel instanceof Project project) {
            return project(project, node(project.getInput()));
        } else if (rel instanceof Filter filter) {
            return filter(filter);
        } else if (rel instanceof Aggregate aggregate) {
            return AggregateLowering.lower(aggregate, node(aggregate.getInput()));
        } else if (rel instanceof AsofRelation join) {
            return new AsofLowering(expressions).lower(join, node(join.getLeft()), node(join.getRight()));
        } else if (rel instanceof Join join) {
            return new JoinLowering(expressions).lower(join, node(join.getLeft()), node(join.getRight()));
        } else if (rel instanceof MatchJoin join) {
            return new JoinLowering(expressions).lower(join, node(join.getLeft()), node(join.getRight()));
        } else if (rel instanceof Unnesting unnesting) {
            return new UnnestLowering(expressions).lower(unnesting, node(unnesting.getInput()));
        } else if (rel instanceof Union union) {
            return union(union);
        } else if (rel instanceof Intersect intersect) {
            return setOperation(intersect, intersect.all ? SetOperation.INTERSECT_ALL : SetOperation.INTERSECT);
        } else if (rel instanceof Minus minus) {
            return setOperation(minus, minus.all ? SetOperation.EXCEPT_ALL : SetOperation.EXCEPT);
        } else if (rel instanceof WindowAssignment windows) {
            return new WindowLowering(expressions).lower(windows, node(windows.getInput()));
        } else if (rel instanceof SessionAssignment sessions) {
            return new WindowLowering(expressions).lower(sessions, node(sessions.getInput()));
        } else if (rel instanceof Recursion recursion) {
            return recursion(recursion);
        } else if (rel instanceof RecursionRows rows) {
            return new RecursionRowsNode(rows.number(), rows.name(), TypeTranslator.toModelRow(rows.getRowType()));
        } else if (rel instanceof Match match) {
            return new MatchLowering(match, expressions).lower(node(match.getInput()));
        } else if (rel instanceof Values values) {
            return values(values);
        } else if (rel instanceof Sort sort) {
            return SortLowering.lowerUnordered(sort, node(sort.getInput()));
        }
        String name = rel.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT);
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, name + " is not supported at this place");
    }

    private static PlanNode scan(SourceScan scan) {
        boolean watermark = scan.kind() == SourceKind.STREAM
                && scan.object() instanceof StreamDefinition stream
                && stream.watermark().isPresent();
        return new ScanNode(
                scan.kind(),
                scan.object().id(),
                scan.object().name().toString(),
                scan.columns(),
                watermark,
                scan.type());
    }

    private PlanNode project(Project project, PlanNode input) {
        return new OverLowering(expressions).lower(project, input);
    }

    private PlanNode filter(Filter filter) {
        if (filter.getInput() instanceof Project project && project.containsOver()) {
            PlanNode input = node(project.getInput());
            OverLowering over = new OverLowering(expressions);
            return over.lowerRanked(filter, project, input)
                    .orElseGet(() -> new FilterLowering(expressions).lower(filter, over.lower(project, input)));
        }
        return new FilterLowering(expressions).lower(filter, node(filter.getInput()));
    }

    private PlanNode union(Union union) {
        List<PlanNode> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            inputs.add(node(input));
        }
        RowType declared = TypeTranslator.toModelRow(union.getRowType());
        UnionNode all = unionAll(inputs, declared);
        return union.all ? all : distinct(all);
    }

    /** All rows of all inputs, each cast to the declared types. */
    public static UnionNode unionAll(List<PlanNode> inputs, RowType declared) {
        List<PlanNode> alike = new ArrayList<>();
        for (PlanNode input : inputs) {
            PlanNode converted = converted(input, declared);
            if (converted instanceof UnionNode nested) {
                alike.addAll(nested.inputs());
            } else {
                alike.add(converted);
            }
        }
        return new UnionNode(alike, commonType(alike, declared));
    }

    private static RowType commonType(List<PlanNode> inputs, RowType declared) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            int column = i;
            boolean nullable =
                    inputs.stream().anyMatch(n -> n.type().type(column).nullable());
            fields.add(new Field(declared.name(i), declared.type(i).withNullable(nullable)));
        }
        return new RowType(fields);
    }

    private PlanNode setOperation(SetOp rel, SetOperation operation) {
        RowType declared = TypeTranslator.toModelRow(rel.getRowType());
        List<PlanNode> inputs = rel.getInputs().stream()
                .map(input -> converted(node(input), declared))
                .toList();
        RowType type = commonType(inputs, declared);
        return inputs.stream()
                .reduce((left, right) -> new SetOperationNode(operation, left, right, type))
                .orElseThrow();
    }

    private static PlanNode converted(PlanNode input, RowType declared) {
        List<ScalarExpression> columns = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            ScalarExpression column = new ColumnReference(i, input.type().type(i));
            columns.add(Coercion.cast(column, declared.type(i)));
        }
        return CalcComposer.project(input, columns, CalcComposer.names(declared));
    }

    private PlanNode recursion(Recursion recursion) {
        RowType declared = TypeTranslator.toModelRow(recursion.getRowType());
        return new RecursionNode(
                recursion.rows().number(),
                recursion.rows().name(),
                recursion.all(),
                converted(node(recursion.getLeft()), declared),
                converted(node(recursion.getRight()), declared),
                declared);
    }

    private static PlanNode distinct(PlanNode input) {
        List<Integer> columns = IntStream.range(0, input.type().size()).boxed().toList();
        return new AggregateNode(input, columns, List.of(), Optional.empty(), input.type());
    }

    private static PlanNode values(Values values) {
        RowType declared = TypeTranslator.toModelRow(values.getRowType());
        List<List<Literal>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Literal> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add(valueOf(tuple.get(i), declared.type(i)));
            }
            rows.add(row);
        }
        return new ValuesNode(rows, declared);
    }

    private static Literal valueOf(RexLiteral literal, SqlType type) {
        Literal value = LiteralTranslator.toModel(literal);
        return Coercion.fold(value, type)
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "a literal of type " + value.type().sqlText() + " cannot be a value of type "
                                + type.sqlText()));
    }
}
