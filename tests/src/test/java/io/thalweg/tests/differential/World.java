package io.thalweg.tests.differential;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What happens to three tables: at each moment some rows are inserted, replaced and deleted. Few rows with few values,
 * so that keys meet, groups vanish and come back, and NULLs are everywhere.
 */
final class World {
    /** The tables {@code a}, {@code b} and {@code c}, which have the same columns. */
    static final List<String> TABLES = List.of("a", "b", "c");

    static final RowType COLUMNS = RowType.of(
            "id", SqlType.BIGINT.notNull(),
            "k", SqlType.INTEGER,
            "v", SqlType.BIGINT,
            "s", SqlType.VARCHAR,
            "d", SqlType.decimal(10, 2),
            "p", SqlType.BOOLEAN,
            "f", SqlType.DOUBLE);
    static final int MOMENTS = 4;
    private static final int CHANGES = 7;
    private static final List<String> TEXTS = List.of("a", "b", "ab", "Ä", "", "zebra", "a b");

    private final boolean appendOnly;
    private final List<List<Change>> moments;

    private World(boolean appendOnly, List<List<Change>> moments) {
        this.appendOnly = appendOnly;
        this.moments = moments;
    }

    /** @param appendOnly whether {@code c} is a stream; otherwise all three are tables */
    static World of(Random random, boolean appendOnly) {
        List<List<List<Object>>> present = new ArrayList<>();
        TABLES.forEach(table -> present.add(new ArrayList<>()));
        List<List<Change>> moments = new ArrayList<>();
        long nextId = 0;
        for (int moment = 0; moment < MOMENTS; moment++) {
            List<Change> changes = new ArrayList<>();
            for (int table = 0; table < TABLES.size(); table++) {
                boolean keeps = appendOnly && table == 2;
                List<List<Object>> rows = present.get(table);
                for (int i = random.nextInt(CHANGES); i >= 0; i--) {
                    int choice = rows.isEmpty() || keeps ? 0 : random.nextInt(5);
                    long id = nextId++;
                    if (choice >= 3) {
                        List<Object> gone = rows.remove(random.nextInt(rows.size()));
                        changes.add(new Change(table, gone, -1));
                        if (choice == 4) {
                            continue;
                        }
                        id = (Long) gone.get(0);
                    }
                    List<Object> row = row(id, random);
                    rows.add(row);
                    changes.add(new Change(table, row, 1));
                }
            }
            moments.add(changes);
        }
        return new World(appendOnly, moments);
    }

    private static List<Object> row(long id, Random random) {
        return Arrays.asList(
                id,
                orNull((long) random.nextInt(5), random),
                orNull((long) random.nextInt(12) - 3, random),
                orNull(TEXTS.get(random.nextInt(TEXTS.size())), random),
                orNull(BigDecimal.valueOf(random.nextInt(500) - 200, 2), random),
                orNull(random.nextBoolean(), random),
                orNull((random.nextInt(40) - 20) * 0.25, random));
    }

    private static Object orNull(Object value, Random random) {
        return random.nextInt(6) == 0 ? null : value;
    }

    boolean appendOnly() {
        return appendOnly;
    }

    /** What changes at a moment, counted from 1. */
    List<Change> changes(int moment) {
        return moments.get(moment - 1);
    }

    /** The rows of a table after a moment; there are none after moment 0. */
    List<List<Object>> rows(int table, int moment) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Change> changes : moments.subList(0, moment)) {
            for (Change change : changes) {
                if (change.table() == table && change.weight() > 0) {
                    rows.add(change.row());
                } else if (change.table() == table) {
                    rows.remove(change.row());
                }
            }
        }
        return rows;
    }

    /** All rows that are there at the end, as deletions. */
    List<Change> deletions() {
        List<Change> deletions = new ArrayList<>();
        for (int table = 0; table < TABLES.size(); table++) {
            for (List<Object> row : rows(table, MOMENTS)) {
                deletions.add(new Change(table, row, -1));
            }
        }
        return deletions;
    }

    /** This world with some of its rows only. */
    World only(Predicate<Change> kept) {
        return new World(
                appendOnly,
                moments.stream()
                        .map(changes -> changes.stream().filter(kept).toList())
                        .toList());
    }

    /** The ids of all rows there ever are. */
    List<Long> ids() {
        return moments.stream()
                .flatMap(List::stream)
                .map(change -> (Long) change.row().get(0))
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("columns " + COLUMNS + "\n");
        for (int moment = 1; moment <= MOMENTS; moment++) {
            for (Change change : changes(moment)) {
                text.append("moment ")
                        .append(moment)
                        .append(change.weight() > 0 ? ": + " : ": - ")
                        .append(TABLES.get(change.table()))
                        .append(change.row())
                        .append('\n');
            }
        }
        return text.toString();
    }
}
