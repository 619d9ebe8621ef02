package io.thalweg.tests.subquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.tests.differential.StageChoice;
import io.thalweg.tests.system.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random queries with sub-queries over tiny tables that change: after each step the sum of what the planned query has put out
 * must be what H2, or DuckDB for what H2 lacks, answers from the same rows. Where one of them says otherwise the other is
 * asked, since both have been found wrong: an answer is right if one of them gives it.
 *
 * <p>{@code -Dthalweg.subqueries=…} says how many queries.
 */
class SubQueryOracleTest {
    private static final int QUERIES = Integer.getInteger("thalweg.subqueries", 60);
    private static final int STEPS = 3;
    private static final List<String> NAMES = List.of("t", "u", "v");

    private static final String H2 = "jdbc:h2:mem:";
    private static final String DUCK_DB = "jdbc:duckdb:";

    private final Planner planner = new Planner();
    private final PlanningContext context =
            new PlanningContext(catalog(), "public", 0, ZoneOffset.UTC, Duration.ofMinutes(1));

    private static CatalogSnapshot catalog() {
        List<CatalogObject> tables = new ArrayList<>();
        for (String name : NAMES) {
            List<ColumnDefinition> columns = List.of(
                    ColumnDefinition.stored("id", SqlType.INTEGER.notNull()),
                    ColumnDefinition.stored("a", SqlType.INTEGER),
                    ColumnDefinition.stored("b", SqlType.INTEGER),
                    ColumnDefinition.stored("c", SqlType.INTEGER));
            tables.add(new TableDefinition(
                    1 + tables.size(),
                    ObjectName.of(name),
                    new RowColumns(columns),
                    List.of(0),
                    1,
                    ObjectProperties.NONE));
        }
        return new CatalogSnapshot(1, tables);
    }

    @Test
    void everyStepIsTheAnswer() throws SQLException {
        Random random = new Random(Seeds.of("SubQueryOracleTest"));
        int wrong = 0;
        int unanswered = 0;
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < QUERIES; i++) {
            boolean duckDb = i % 3 == 2;
            String sql = new RandomSubQueries(random, duckDb).query();
            try (Connection oracle = DriverManager.getConnection(duckDb ? DUCK_DB : H2);
                    Statement statement = oracle.createStatement()) {
                String difference = "";
                try {
                    difference = new Run(sql, statement, duckDb ? H2 : DUCK_DB, random).difference();
                } catch (SQLException refused) {
                    // The oracle's business: it does not plan everything.
                    unanswered++;
                }
                if (!difference.isEmpty()) {
                    wrong++;
                    first.append(wrong <= 5 ? difference : "");
                }
            }
        }
        System.out.println("SubQueryOracleTest: " + QUERIES + " queries, " + wrong + " wrong, " + unanswered
                + " that the oracle refused");
        assertTrue(unanswered <= 10 + QUERIES / 20, unanswered + " refused");
        assertEquals("", first.toString(), wrong + " of " + QUERIES);
    }

    /** One query over rows that come and go. */
    private final class Run {
        private final String sql;
        private final Statement oracle;
        private final String second;
        private final Random random;
        private final Map<String, List<List<Integer>>> rows = new LinkedHashMap<>();
        private final List<DeltaBatch> results = new ArrayList<>();
        private int lastId;

        Run(String sql, Statement oracle, String second, Random random) throws SQLException {
            this.sql = sql;
            this.oracle = oracle;
            this.second = second;
            this.random = random;
            for (String name : NAMES) {
                oracle.execute("CREATE TABLE " + name + " (id INT, a INT, b INT, c INT)");
                rows.put(name, new ArrayList<>());
            }
        }

        /** What is wrong with the query; empty if nothing is. */
        String difference() throws SQLException {
            EmitMode mode = random.nextInt(3) == 0 ? EmitMode.SNAPSHOT : EmitMode.CHANGES;
            PhysicalPlan plan;
            try {
                plan = planner.planQuery(
                                sql,
                                SourceSpan.at(1, 1),
                                mode,
                                context.withDisabledStages(StageChoice.disabled(random)))
                        .plan();
            } catch (RuntimeException failure) {
                return "\n" + sql + "\nnot planned: " + failure.getMessage() + "\n";
            }
            Pipeline pipeline =
                    Pipeline.build(plan, sink(), PipelineConfig.of(1L << 28).withGuarded(true));
            int steps = mode == EmitMode.SNAPSHOT ? 1 : STEPS;
            for (int step = 1; step <= steps; step++) {
                change(pipeline);
                long[] watermarks = new long[pipeline.scans().size()];
                Arrays.fill(watermarks, Long.MIN_VALUE);
                pipeline.endStep(new StepInfo(step, watermarks));
                RowType type = plan.type();
                String expected = answer(oracle, type);
                String actual = DeltaText.formatSummed(type, results);
                if (!expected.equals(actual) && !isSecondOpinion(actual, type)) {
                    return "\n" + sql + "\nstep " + step + " of " + mode + " over " + rows + "\nexpected\n" + expected
                            + "\nbut was\n" + actual + "\n";
                }
            }
            return "";
        }

        private PipelineSink sink() {
            return new PipelineSink() {
                @Override
                public void accept(DeltaBatch delta) {
                    results.add(delta);
                }

                @Override
                public void stepDone(StepInfo step) {}
            };
        }

        /** Takes rows out, puts rows in, and tells the scans in small pieces. */
        private void change(Pipeline pipeline) throws SQLException {
            for (String name : NAMES) {
                List<List<Integer>> present = rows.get(name);
                List<List<Integer>> removed = new ArrayList<>();
                while (!present.isEmpty() && random.nextInt(3) == 0) {
                    removed.add(present.remove(random.nextInt(present.size())));
                }
                List<List<Integer>> added = new ArrayList<>();
                while (present.size() + added.size() < 6 && random.nextInt(4) != 0) {
                    added.add(Arrays.asList(++lastId, cell(), cell(), cell()));
                }
                present.addAll(added);
                for (List<Integer> row : removed) {
                    oracle.execute("DELETE FROM " + name + " WHERE id = " + row.get(0));
                }
                for (List<Integer> row : added) {
                    oracle.execute("INSERT INTO " + name + " VALUES (" + line(row, ", ") + ")");
                }
                push(pipeline, name, removed, "-1");
                push(pipeline, name, added, "+1");
            }
        }

        private Integer cell() {
            return random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(4));
        }

        private static String line(List<Integer> row, String separator) {
            return String.join(
                    separator,
                    row.stream().map(v -> v == null ? "NULL" : v.toString()).toList());
        }

        private void push(Pipeline pipeline, String name, List<List<Integer>> changed, String weight) {
            for (int scan = 0; scan < pipeline.scans().size(); scan++) {
                ScanNode node = pipeline.scans().get(scan);
                if (!node.name().equals(name)) {
                    continue;
                }
                for (List<Integer> row : changed) {
                    List<Integer> read = cells(node, row);
                    String text = weight + (read.isEmpty() ? "" : " | " + line(read, " | "));
                    pipeline.push(scan, DeltaText.parse(node.type(), text));
                }
            }
        }

        private static List<Integer> cells(ScanNode node, List<Integer> row) {
            List<Integer> cells = new ArrayList<>();
            node.columns().forEach(column -> cells.add(row.get(column)));
            return cells;
        }

        /** Whether the other database has this answer. */
        private boolean isSecondOpinion(String actual, RowType type) {
            try (Connection connection = DriverManager.getConnection(second);
                    Statement statement = connection.createStatement()) {
                for (String name : NAMES) {
                    statement.execute("CREATE TABLE " + name + " (id INT, a INT, b INT, c INT)");
                    for (List<Integer> row : rows.get(name)) {
                        statement.execute("INSERT INTO " + name + " VALUES (" + line(row, ", ") + ")");
                    }
                }
                boolean isSame = answer(statement, type).equals(actual);
                if (isSame) {
                    System.out.println("SubQueryOracleTest: only " + second + " agrees on " + sql + " over " + rows);
                }
                return isSame;
            } catch (SQLException refused) {
                return false;
            }
        }

        private String answer(Statement database, RowType type) throws SQLException {
            StringBuilder text = new StringBuilder();
            try (ResultSet result = database.executeQuery(sql)) {
                while (result.next()) {
                    text.append("+1");
                    for (int i = 1; i <= type.size(); i++) {
                        Object value = result.getObject(i);
                        text.append(" | ").append(value == null ? "NULL" : value.toString());
                    }
                    text.append('\n');
                }
            }
            return DeltaText.formatSummed(type, List.of(DeltaText.parse(type, text.toString())));
        }
    }
}
