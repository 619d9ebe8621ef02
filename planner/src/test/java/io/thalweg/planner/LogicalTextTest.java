package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.catalog.CatalogObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What EXPLAIN LOGICAL shows, and what a plan says it depends on. */
class LogicalTextTest {
    private static final StatementRunner RUNNER = new StatementRunner();

    @Test
    void showsOperatorsWithoutNoise() {
        assertEquals(
                """
                Aggregate(group=[{0}], EXPR$1=[COUNT()])
                  Project(k=[$1])
                    Filter(condition=[AND(>($0, 10), =($1, 'x'))])
                      Scan(STREAM s)
                """,
                RUNNER.plan("SELECT k, COUNT(*) FROM s WHERE a > 10 AND k = 'x' GROUP BY k")
                        .logicalText()
                        .get());
    }

    @Test
    void namesEverythingThatIsRead() {
        List<CatalogObject> read =
                RUNNER.plan("SELECT * FROM vv JOIN t ON vv.x = t.id").dependencies();
        assertEquals(
                List.of("vv", "v", "s", "t"),
                read.stream().map(o -> o.name().toString()).toList());
    }
}
