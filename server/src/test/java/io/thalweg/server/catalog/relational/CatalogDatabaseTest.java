package io.thalweg.server.catalog.relational;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.server.catalog.CatalogObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogDatabaseTest {
    private CatalogSnapshot catalog = new CatalogSnapshot(0, InformationSchema.tables());
    private final CatalogDatabase database = new CatalogDatabase(() -> catalog);

    @AfterEach
    void close() {
        database.close();
    }

    private void set(CatalogObject... objects) {
        List<CatalogObject> all = new ArrayList<>(List.of(objects));
        all.addAll(InformationSchema.tables());
        catalog = new CatalogSnapshot(catalog.version() + 1, all);
    }

    /** The rows of public objects, a line each, without the columns that are the same in all. */
    private String rows(SystemTableDefinition table) {
        return database.rows(table).stream()
                .filter(row -> Stream.of(row.intoArray()).noneMatch(InformationSchema.NAME::equals))
                .map(row -> Stream.of(row.intoArray())
                        .filter(cell -> !"thalweg".equals(cell) && !"public".equals(cell))
                        .map(String::valueOf)
                        .collect(Collectors.joining(" | ")))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void showsObjectsAsToolsKnowThem() {
        set(
                CatalogObjects.stream(1, "orders"),
                CatalogObjects.table(2, "customers"),
                CatalogObjects.view(3, "v"),
                CatalogObjects.materializedView(4, "m", CatalogObjects.stream(1, "orders")));
        assertEquals("""
                customers | TABLE | TABLE | null
                m | MATERIALIZED VIEW | MATERIALIZED VIEW | null
                orders | TABLE | STREAM | orders as they come
                v | VIEW | VIEW | null
                """, rows(InformationSchema.TABLES));
        assertEquals("""
                customers | k | 2 | customers_key
                customers | n | 1 | customers_key
                """, rows(InformationSchema.KEY_COLUMNS));
        assertEquals("""
                m | SELECT id FROM orders | YES
                v | SELECT 1 AS "Ö" | NO
                """, rows(InformationSchema.VIEWS));
    }

    @Test
    void showsColumnsWithTheirTypes() {
        set(CatalogObjects.stream(1, "orders"), CatalogObjects.table(2, "customers"));
        assertEquals("""
                customers | k | 1 | null | NO | VARCHAR | 10 | null | null | null | 12 | 10 | null | NEVER
                customers | n | 3 | null | NO | INTEGER | null | 10 | 0 | null | 4 | 10 | null | NEVER
                customers | v | 2 | null | YES | DOUBLE | null | 15 | null | null | 8 | 15 | null | NEVER
                orders | amount | 2 | 0 | YES | DECIMAL | null | 12 | 2 | null | 3 | 12 | in EUR | NEVER
                orders | cents | 3 | CAST(amount * 100 AS BIGINT) | YES | BIGINT | null | 19 | 0 | null | -5 | 19 | null | ALWAYS
                orders | id | 1 | null | NO | BIGINT | null | 19 | 0 | null | -5 | 19 | null | NEVER
                orders | part | 4 | partition | NO | INTEGER | null | 10 | 0 | null | 4 | 10 | null | ALWAYS
                orders | ts | 5 | null | YES | TIMESTAMP | null | null | null | 3 | 93 | 23 | null | NEVER
                """, rows(InformationSchema.COLUMNS));
    }

    @Test
    void followsTheCatalogWhereverItGoes() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            List<CatalogObject> objects = new ArrayList<>();
            for (int name = 0; name < 6; name++) {
                if (random.nextBoolean()) {
                    long id = random.nextInt(1_000) + 1L;
                    objects.add(
                            random.nextBoolean()
                                    ? CatalogObjects.stream(id, "o" + name)
                                    : CatalogObjects.table(id, "o" + name));
                }
            }
            set(objects.toArray(CatalogObject[]::new));
            try (CatalogDatabase fresh = new CatalogDatabase(() -> catalog)) {
                for (SystemTableDefinition table : InformationSchema.tables()) {
                    assertEquals(fresh.rows(table), database.rows(table), "seed " + seed + ", step " + i);
                }
            }
        }
    }

    @Test
    void namesAreNeverSql() {
        String hostile = "x'; DROP TABLE \"tables\"; --";
        set(CatalogObjects.stream(1, hostile));
        assertEquals(hostile + " | TABLE | STREAM | orders as they come\n", rows(InformationSchema.TABLES));
        set();
        assertEquals("\n", rows(InformationSchema.TABLES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ALIAS shell AS 'String run() { return \"\"; }'",
                "CALL FILE_READ('/etc/hostname')",
                "SCRIPT TO 'catalog.sql'",
                "CREATE LINKED TABLE t('', 'jdbc:h2:mem:', '', '', 'x')",
                "CREATE TABLE t (a INT)",
                "DROP TABLE \"tables\"",
                "ALTER USER THALWEG ADMIN TRUE",
                "SET WRITE_DELAY 0",
                "UPDATE \"tables\" SET \"remarks\" = ''",
            })
    void theConnectionMayDoNothingElse(String statement) throws SQLException {
        try (Connection connection = RestrictedDatabase.open();
                Statement attempt = connection.createStatement()) {
            assertThrows(SQLException.class, () -> attempt.execute(statement));
        }
    }
}
