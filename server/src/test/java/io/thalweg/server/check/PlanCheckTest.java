package io.thalweg.server.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCheckTest {
    private static final String ANY = "SELECT a.id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k AND b.v > 7)";
    private static final Planner PLANNER = new Planner();

    private static PlannedQuery plan(String sql, Set<String> disabled) {
        List<ColumnDefinition> columns = List.of(
                ColumnDefinition.stored("id", SqlType.BIGINT.notNull()),
                ColumnDefinition.stored("k", SqlType.INTEGER),
                ColumnDefinition.stored("v", SqlType.decimal(10, 2)),
                ColumnDefinition.stored("s", SqlType.VARCHAR));
        List<CatalogObject> tables = List.of(
                new TableDefinition(
                        1, ObjectName.of("a"), new RowColumns(columns), List.of(0), 1, ObjectProperties.NONE),
                new TableDefinition(
                        2, ObjectName.of("b"), new RowColumns(columns), List.of(0), 1, ObjectProperties.NONE));
        PlanningContext context = new PlanningContext(
                new CatalogSnapshot(1, tables), ObjectName.DEFAULT_SCHEMA, 0, ZoneOffset.UTC, Duration.ofMinutes(1));
        return PLANNER.planQuery(sql, SourceSpan.at(1, 1), EmitMode.SNAPSHOT, context.withDisabledStages(disabled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ANY,
                "SELECT k, SUM(v) AS x FROM a WHERE s = 'left' GROUP BY k HAVING COUNT(*) > 1",
                "SELECT a.id, b.v FROM a LEFT JOIN b ON a.k = b.k AND a.v < b.v WHERE b.v IS NULL OR a.s <> b.s",
                "SELECT id, (SELECT MAX(v) FROM b WHERE b.k = a.k) AS m FROM a WHERE k NOT IN (SELECT k FROM b)",
                "SELECT id FROM a UNION SELECT k FROM b EXCEPT SELECT CAST(v AS BIGINT) FROM a"
            })
    void plansOfAQueryAgree(String sql) {
        assertDoesNotThrow(() -> PlanCheck.check(plan(sql, Set.of()), sql, stages -> plan(sql, stages)));
    }

    @Test
    void theStageThatChangesTheAnswerIsNamed() {
        String wrong = ANY.replace("> 7", ">= 7");
        ThalwegException found = assertThrows(
                ThalwegException.class,
                () -> PlanCheck.check(
                        plan(wrong, Set.of()),
                        ANY,
                        stages -> plan(stages.contains("push filters down") ? ANY : wrong, stages)));
        assertEquals(ErrorCode.INTERNAL_ERROR, found.code());
        assertTrue(found.message().contains("push filters down changes it"), found.message());
    }

    @Test
    void stagesThatAreWrongTogetherAreFound() {
        ThalwegException found = assertThrows(
                ThalwegException.class,
                () -> PlanCheck.check(
                        plan("SELECT id FROM a WHERE k = 2", Set.of()),
                        "2",
                        stages -> plan(
                                stages.size() > 1 ? "SELECT id FROM a WHERE k <> 2" : "SELECT id FROM a WHERE k = 2",
                                stages)));
        assertTrue(found.message().contains("several stages together"), found.message());
    }
}
