package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.relation.Recursion;
import io.thalweg.planner.relation.RecursionRows;
import io.thalweg.planner.type.TypeTranslator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.TableSpool;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Puts {@link Recursion}s in the place of what the converter makes of WITH RECURSIVE, and refuses those without a meaning. */
final class RecursionConversion extends RelHomogeneousShuttle {
    /** The same relation read twice is converted twice, and gets one number. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final Function<String, SourceSpan> place;

    /** @param place where a query reads what is called so */
    RecursionConversion(Function<String, SourceSpan> place) {
        this.place = place;
    }

    /** The same query, without the repeated unions of Calcite. */
    RelNode converted(RelNode query) {
        return query.accept(this);
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode plain = node instanceof RepeatUnion union ? placed(union) : super.visit(node);
        return plain.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return visited.clone(converted(visited.rel));
            }
        });
    }

    private RelNode placed(RepeatUnion union) {
        TableSpool spool = (TableSpool) union.getIterativeRel();
        List<String> names = spool.getTable().getQualifiedName();
        String name = names.get(names.size() - 1);
        try {
            return recursion(union, spool, name);
        } catch (ThalwegException e) {
            throw e.span().isPresent() ? e : e.at(place.apply(name));
        }
    }

    private RelNode recursion(RepeatUnion union, TableSpool spool, String name) {
        RelNode start = plain(((TableSpool) union.getSeedRel()).getInput());
        RelNode next = spool.getInput();
        if (new RecursionPath(name).count(next) == 0) {
            throw new ThalwegException(ErrorCode.INVALID_QUERY, "recursive query " + name + " does not read itself");
        }
        String text = RelOptUtil.dumpPlan("", union, SqlExplainFormat.TEXT, SqlExplainLevel.DIGEST_ATTRIBUTES);
        int number = numbers.computeIfAbsent(text, t -> numbers.size() + 1);
        RelDataType type = spool.getTable().getRowType();
        checkTypes(name, type, union.getRowType());
        RecursionRows rows = new RecursionRows(union.getCluster(), number, name, type);
        RelNode following = converted(next).accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                return isRows(node, name) ? rows : super.visit(node);
            }
        });
        return new Recursion(rows, union.all, converted(start), following);
    }

    static boolean isRows(RelNode node, String name) {
        if (!(node instanceof TableScan scan) || scan.getTable().unwrap(TransientTable.class) == null) {
            return false;
        }
        List<String> names = scan.getTable().getQualifiedName();
        return names.get(names.size() - 1).equals(name);
    }

    /** What the outer join stood for that made its columns nullable. */
    private static RelNode plain(RelNode start) {
        if (start instanceof Project project
                && project.getInput() instanceof Join join
                && join.getJoinType() == JoinRelType.LEFT) {
            return join.getRight();
        }
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a recursive query that reads columns of the query around it is not supported");
    }

    private static void checkTypes(String name, RelDataType first, RelDataType all) {
        for (RelDataTypeField field : first.getFieldList()) {
            RelDataType common = all.getFieldList().get(field.getIndex()).getType();
            if (!SqlTypeUtil.equalSansNullability(field.getType(), common)) {
                throw new ThalwegException(
                                ErrorCode.DATATYPE_MISMATCH,
                                "column " + field.getName() + " of recursive query " + name + " is "
                                        + TypeTranslator.toModel(field.getType())
                                                .sqlText()
                                        + " in its first part and "
                                        + TypeTranslator.toModel(common).sqlText() + " with what follows")
                        .withHint("Cast it in the first part to the type that it shall have.");
            }
        }
    }
}
