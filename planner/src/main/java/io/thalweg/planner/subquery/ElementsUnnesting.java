package io.thalweg.planner.subquery;

import io.thalweg.planner.relation.Unnesting;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rex.RexNode;

/** Takes the correlation out of UNNEST: the elements of the collections of all outer rows, with the values they come from. */
final class ElementsUnnesting {
    private final OuterRow outer;

    ElementsUnnesting(OuterRow outer) {
        this.outer = outer;
    }

    /**
     * @param collections computes what is unnested
     * @param input all rows of its input
     */
    Unnested of(Uncollect elements, Project collections, Unnested input) {
        List<RexNode> read = collections.getProjects().stream()
                .map(c -> io.thalweg.planner.subquery.Unnesting.substituted(c, input.outputs()))
                .toList();
        Grounding.Grounded grounded = new Grounding(outer).ground(input.withOutputs(read), outer.fieldsOf(read));
        Unnested rows = grounded.query();
        Unnesting rel =
                new Unnesting(rows.rel(), rows.outputs(), false, elements.withOrdinality, elements.getRowType());
        int width = rel.getRowType().getFieldCount();
        int added = elements.getRowType().getFieldCount();
        return new Unnested(rel, Unnested.columns(rel, width - added, width), rows.conditions(), false);
    }
}
