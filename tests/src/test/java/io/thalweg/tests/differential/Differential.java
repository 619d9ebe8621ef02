package io.thalweg.tests.differential;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Replays a world through a query in several ways, each of which has to give the oracle's answers. */
final class Differential {
    private static final Planner PLANNER = new Planner();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String sql;
    private final long seed;
    private final PhysicalPlan changes;
    private final PhysicalPlan snapshot;

    /** @param appendOnly whether the third table is a stream */
    Differential(String sql, boolean appendOnly, long seed) {
        this.sql = sql;
        this.seed = seed;
        Random random = new Random(~seed);
        this.changes = plan(sql, appendOnly, EmitMode.CHANGES, StageChoice.disabled(random));
        this.snapshot = plan(sql, appendOnly, EmitMode.SNAPSHOT, StageChoice.disabled(random));
    }

    private static CatalogSnapshot catalog(boolean appendOnly) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < World.COLUMNS.size(); i++) {
            columns.add(ColumnDefinition.stored(World.COLUMNS.name(i), World.COLUMNS.type(i)));
        }
        RowColumns row = new RowColumns(columns);
        List<CatalogObject> objects = new ArrayList<>();
        for (int i = 0; i < World.TABLES.size(); i++) {
            ObjectName name = ObjectName.of(World.TABLES.get(i));
            objects.add(
                    appendOnly && i == 2
                            ? new StreamDefinition(
                                    i + 1, name, row, Optional.empty(), List.of(), 1, ObjectProperties.NONE)
                            : new TableDefinition(i + 1, name, row, List.of(0), 1, ObjectProperties.NONE));
        }
        return new CatalogSnapshot(1, objects);
    }

    private static PhysicalPlan plan(String sql, boolean appendOnly, EmitMode mode, Set<String> disabledStages) {
        PlanningContext context =
                new PlanningContext(catalog(appendOnly), ObjectName.DEFAULT_SCHEMA, 0, ZoneOffset.UTC, PATIENCE);
        return PLANNER.planQuery(sql, SourceSpan.at(1, 1), mode, context.withDisabledStages(disabledStages))
                .plan();
    }

    /** What is different, or nothing. */
    String difference(World world, OracleWorld oracle) throws SQLException {
        Random random = new Random(seed);
        String difference = rowByRow(world, oracle);
        if (difference.isEmpty()) {
            difference = randomCuts(world, oracle, random, World.MOMENTS + 1, "in one step");
        }
        if (difference.isEmpty()) {
            difference = randomCuts(world, oracle, random, 2, "in random steps");
        }
        if (difference.isEmpty()) {
            difference = snapshot(world, oracle);
        }
        return difference;
    }

    private String rowByRow(World world, OracleWorld oracle) throws SQLException {
        Replay replay = new Replay(changes);
        replay.step(List.of(), null);
        // What is kept without any row, such as the count of none.
        long kept = replay.stateRows();
        String difference = compare(replay.rows(), oracle, 0, "row by row");
        for (int moment = 1; moment <= World.MOMENTS && difference.isEmpty(); moment++) {
            for (Change change : world.changes(moment)) {
                replay.step(List.of(change), null);
            }
            difference = compare(replay.rows(), oracle, moment, "row by row");
        }
        return difference.isEmpty() && !world.appendOnly() ? deleted(world, oracle, replay, kept) : difference;
    }

    /** Whatever the operators remembered must be gone with the rows. */
    private String deleted(World world, OracleWorld oracle, Replay replay, long kept) throws SQLException {
        replay.step(world.deletions(), null);
        String difference = compare(replay.rows(), oracle, 0, "after all rows were deleted");
        return difference.isEmpty() && replay.stateRows() != kept
                ? "after all rows were deleted: " + replay.stateRows() + " rows of state instead of " + kept
                : difference;
    }

    /** @param moments a step ends at one of so many moments, and after the last */
    private String randomCuts(World world, OracleWorld oracle, Random random, int moments, String how)
            throws SQLException {
        Replay replay = new Replay(changes);
        List<Change> step = new ArrayList<>();
        String difference = "";
        for (int moment = 1; moment <= World.MOMENTS && difference.isEmpty(); moment++) {
            step.addAll(world.changes(moment));
            if (moment == World.MOMENTS || moments <= World.MOMENTS && random.nextInt(moments) == 0) {
                Collections.shuffle(step, random);
                replay.step(step, random);
                step.clear();
                difference = compare(replay.rows(), oracle, moment, how);
            }
        }
        return difference;
    }

    private String snapshot(World world, OracleWorld oracle) throws SQLException {
        Replay replay = new Replay(snapshot);
        List<Change> rows = new ArrayList<>();
        for (int table = 0; table < World.TABLES.size(); table++) {
            for (List<Object> row : world.rows(table, World.MOMENTS)) {
                rows.add(new Change(table, row, 1));
            }
        }
        replay.step(rows, null);
        return compare(replay.rows(), oracle, World.MOMENTS, "as a snapshot");
    }

    private String compare(List<String> actual, OracleWorld oracle, int moment, String how) throws SQLException {
        List<String> expected = oracle.answer(sql, moment);
        return expected.equals(actual)
                ? ""
                : how + ", after moment " + moment + "\nexpected " + expected + "\nactual   " + actual;
    }

    /** The difference in a world with as few rows as can be, and that world. */
    String smallest(World world) throws SQLException {
        World small = world;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (Long id : small.ids()) {
                World without = small.only(change -> !change.row().get(0).equals(id));
                if (!differenceIn(without).isEmpty()) {
                    small = without;
                    smaller = true;
                }
            }
        }
        return differenceIn(small) + "\n" + small;
    }

    private String differenceIn(World world) throws SQLException {
        try (OracleWorld oracle = new OracleWorld(world)) {
            return difference(world, oracle);
        } catch (ThalwegException refused) {
            return "";
        }
    }
}
