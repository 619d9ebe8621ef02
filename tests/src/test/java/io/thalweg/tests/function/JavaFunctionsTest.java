package io.thalweg.tests.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in Java: their types, NULLs and overloads, and what happens when something about them is wrong. */
class JavaFunctionsTest {
    static final Map<String, String> SOURCES = Map.of(
            "acme.Twice",
            "package acme; public class Twice { public long eval(long x) { return 2 * x; } }",
            "acme.Kinds",
            """
            package acme;
            import java.math.BigDecimal;
            import java.time.Instant;
            import java.time.LocalDate;
            import java.time.LocalDateTime;
            import java.time.LocalTime;
            public class Kinds {
              public String eval(boolean a, int b, long c, float d, double e) { return a + " " + b + " " + c + " " + d + " " + e; }
              public BigDecimal eval(BigDecimal a) { return a == null ? null : a.add(new BigDecimal("0.125")); }
              public LocalDate eval(LocalDate a) { return a == null ? null : a.plusDays(1); }
              public LocalTime eval(LocalTime a) { return a == null ? null : a.plusNanos(1000); }
              public LocalDateTime eval(LocalDateTime a) { return a == null ? null : a.minusSeconds(1); }
              public Instant eval(Instant a) { return a == null ? null : a.plusMillis(1); }
              public byte[] eval(byte[] a) { return a == null ? null : new byte[] {a[0], (byte) a.length}; }
              public String eval(String a) { return a == null ? "none" : a.isEmpty() ? null : a + "\\u00e9\\ud83d\\ude00"; }
              public Long eval(Long a, Long b) { return a == null || b == null ? null : a + b; }
              public Boolean eval(Boolean a, Integer b, Double c, Float d) { return a == null && b == null ? null : a; }
            }
            """,
            "acme.Bad",
            """
            package acme;
            public class Bad {
              public long eval(long x) {
                if (x == 1) { throw new IllegalStateException("one is\\nnot allowed"); }
                if (x == 2) { return eval(2) + 1; }
                if (x == 3) { throw new NoClassDefFoundError("acme/Gone"); }
                if (x == 4) { String none = null; return none.length(); }
                return x;
              }
            }
            """,
            "acme.Random",
            "package acme; public class Random { private long n; public long eval() { return ++n; } }",
            "acme.List",
            "package acme; public class List { public java.util.List<String> eval(String x) { return null; } }",
            "acme.NoEval",
            "package acme; public class NoEval { public long apply(long x) { return x; } }",
            "acme.NoConstructor",
            "package acme; public class NoConstructor { public NoConstructor(int x) {} public int eval() { return 1; } }",
            "acme.Throwing",
            "package acme; public class Throwing { public Throwing() { throw new RuntimeException(\"not today\"); } "
                    + "public int eval() { return 1; } }",
            "acme.Snoop",
            """
            package acme;
            public class Snoop {
              public boolean eval() {
                try { Class.forName("io.thalweg.server.ThalwegServer"); return true; }
                catch (ClassNotFoundException expected) { return false; }
              }
            }
            """);

    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        CompiledJar.write(directory.resolve("acme.jar"), SOURCES);
        connection = DriverManager.getConnection("jdbc:thalweg:embedded:?engine.functions=" + directory);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void create(String name, String className) throws SQLException {
        execute("CREATE FUNCTION " + name + " AS '" + className + "' LANGUAGE JAVA USING JAR 'acme.jar'");
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result);
        }
    }

    private String failure(String sql) {
        SQLException failure = assertThrows(SQLException.class, () -> {
            try (Statement statement = connection.createStatement()) {
                if (statement.execute(sql)) {
                    ResultText.all(statement.getResultSet());
                }
            }
        });
        String message = failure.getMessage().lines().findFirst().orElse("");
        return failure.getSQLState() + " " + message.replaceFirst(" \\(line \\d+, column \\d+\\)$", "");
    }

    @Test
    void everyTypeGoesInAndOut() throws SQLException {
        create("kinds", "acme.Kinds");
        assertEquals(
                List.of("true 1 2 3.5 4.25"),
                rows("SELECT kinds(TRUE, 1, 2, CAST(3.5 AS REAL), CAST(4.25 AS DOUBLE))"));
        assertEquals(List.of("2.625000000000000000"), rows("SELECT kinds(2.5)"));
        assertEquals(List.of("2024-03-01"), rows("SELECT kinds(DATE '2024-02-29')"));
        assertEquals(List.of("10:00:00.000001"), rows("SELECT kinds(TIME '10:00:00')"));
        assertEquals(List.of("1969-12-31 23:59:59.500000"), rows("SELECT kinds(TIMESTAMP '1970-01-01 00:00:00.5')"));
        assertEquals(List.of("0a02"), rows("SELECT LOWER(TO_HEX(kinds(X'0A0B')))"));
        assertEquals(List.of("ab\u00e9\ud83d\ude00"), rows("SELECT kinds('ab')"));
        assertEquals(List.of("NULL"), rows("SELECT kinds('')"));
        assertEquals(List.of("none"), rows("SELECT kinds(CAST(NULL AS VARCHAR))"));
        assertEquals(List.of("3"), rows("SELECT kinds(1, 2)"));
        assertEquals(List.of("NULL"), rows("SELECT kinds(1, NULL)"));
    }

    @Test
    void allModesGiveTheSame() throws SQLException {
        create("twice", "acme.Twice");
        execute("CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT)");
        execute("CREATE MATERIALIZED VIEW m AS SELECT twice(v) AS d, COUNT(*) AS n FROM t GROUP BY twice(v)");
        execute("INSERT INTO t VALUES (1, 10), (2, 10), (3, NULL), (4, 7)");
        execute("UPDATE t SET v = twice(v) WHERE id = 2");
        execute("DELETE FROM t WHERE twice(id) = 8");
        List<String> expected = List.of("20 | 1", "40 | 1", "NULL | 1");
        assertEquals(expected, rows("SELECT twice(v), COUNT(*) FROM t GROUP BY twice(v) ORDER BY 1"));
        assertEquals(expected, rows("SELECT d, n FROM m ORDER BY 1"));
    }

    @Test
    void failuresOfTheCodeFailTheQueryAlone() throws SQLException {
        create("bad", "acme.Bad");
        assertEquals("38000 function bad failed: one is not allowed", failure("SELECT bad(1)"));
        assertEquals("38000 function bad failed: StackOverflowError", failure("SELECT bad(2)"));
        assertEquals("38000 function bad failed: NoClassDefFoundError acme/Gone", failure("SELECT bad(3)"));
        assertTrue(failure("SELECT bad(4)").startsWith("38000 function bad failed: "), failure("SELECT bad(4)"));
        assertEquals(List.of("5"), rows("SELECT bad(5)"));
    }

    @Test
    void whatIsNoFunctionIsRefused() throws SQLException {
        assertEquals("42P16 jar acme.jar has no class acme.Gone", refused("acme.Gone", "acme.jar"));
        assertEquals("42P16 class acme.NoEval has no public method eval", refused("acme.NoEval", "acme.jar"));
        assertEquals(
                "42P16 class acme.NoConstructor has no public constructor without parameters",
                refused("acme.NoConstructor", "acme.jar"));
        assertEquals(
                "42P16 class acme.List has a method eval(String) with type List, which functions do not have",
                refused("acme.List", "acme.jar"));
        assertEquals("38000 function f failed: not today", refused("acme.Throwing", "acme.jar"));
        assertEquals("58030 there is no file gone.jar", refused("acme.Twice", "gone.jar"));
        assertEquals(
                "42501 file ../acme.jar is outside of the directory for functions",
                refused("acme.Twice", "../acme.jar"));
        assertEquals("42P07 function upper is built in", failure(create("upper")));
        create("twice", "acme.Twice");
        assertEquals("42P07 function twice exists already", failure(create("twice")));
        assertEquals("42883 function twice does not take arguments of type (VARCHAR)", failure("SELECT twice('a')"));
        assertEquals("42883 function twice does not take arguments of type ()", failure("SELECT twice()"));
        assertEquals("42883 function thrice does not exist", failure("SELECT thrice(1)"));
    }

    @Test
    void linksOutOfTheDirectoryAreRefused(@TempDir Path elsewhere) throws Exception {
        Files.copy(directory.resolve("acme.jar"), elsewhere.resolve("other.jar"));
        Files.createSymbolicLink(directory.resolve("link.jar"), elsewhere.resolve("other.jar"));
        assertEquals(
                "42501 file link.jar is outside of the directory for functions", refused("acme.Twice", "link.jar"));
        Files.writeString(directory.resolve("text.jar"), "no jar");
        assertEquals("58030 jar text.jar cannot be read as one", refused("acme.Twice", "text.jar"));
    }

    private String refused(String className, String jar) {
        return failure("CREATE FUNCTION f AS '" + className + "' USING JAR '" + jar + "'");
    }

    private static String create(String name) {
        return "CREATE FUNCTION " + name + " AS 'acme.Twice' USING JAR 'acme.jar'";
    }

    @Test
    void isDroppedWhenNobodyCallsIt() throws SQLException {
        create("twice", "acme.Twice");
        execute("CREATE STREAM s (v BIGINT)");
        execute("CREATE VIEW one AS SELECT twice(v) AS d FROM s");
        execute("CREATE MATERIALIZED VIEW two AS SELECT SUM(d) AS d FROM one");
        assertEquals(
                "2BP01 function twice cannot be dropped, since it is called by view one, materialized view two",
                failure("DROP FUNCTION twice"));
        assertTrue(failure("CREATE OR REPLACE FUNCTION twice AS 'acme.Kinds' USING JAR 'acme.jar'")
                .startsWith("2BP01 function twice cannot be replaced"));
        execute("DROP FUNCTION twice CASCADE");
        assertEquals(List.of(), rows("SHOW VIEWS"));
        assertEquals("42883 function twice does not exist", failure("DROP FUNCTION twice"));
        execute("DROP FUNCTION IF EXISTS twice");
        create("twice", "acme.Twice");
        execute("CREATE OR REPLACE FUNCTION twice AS 'acme.Kinds' USING JAR 'acme.jar'");
        assertEquals(List.of("3"), rows("SELECT twice(1, 2)"));
        assertEquals(
                List.of("twice | (BIGINT, BIGINT) BIGINT | acme.Kinds | acme.jar"),
                rows("SHOW FUNCTIONS LIKE 'twice'").stream()
                        .filter(row -> row.contains("(BIGINT, BIGINT)"))
                        .toList());
    }

    @Test
    void viewsThatCallOneLetTheirTableGrow() throws SQLException {
        create("twice", "acme.Twice");
        execute("CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT)");
        execute("CREATE VIEW one AS SELECT *, twice(v) AS d FROM t");
        execute("ALTER TABLE t ADD COLUMN w BIGINT");
        execute("INSERT INTO t VALUES (1, twice(2), 3)");
        assertEquals(List.of("1 | 4 | 8"), rows("SELECT * FROM one"));
    }

    @Test
    void endlessQueriesAndStatementsWithParametersCallOne() throws SQLException {
        create("twice", "acme.Twice");
        execute("CREATE STREAM s (v BIGINT)");
        execute("CREATE STREAM doubled AS SELECT twice(v) AS d FROM s EMIT CHANGES");
        assertEquals(
                "2BP01 function twice cannot be dropped, since it is called by query doubled",
                failure("DROP FUNCTION twice"));
        try (PreparedStatement statement = connection.prepareStatement("SELECT twice(?)")) {
            statement.setLong(1, 21);
            assertEquals(List.of("42"), ResultText.all(statement.executeQuery()));
        }
    }

    @Test
    void driversListThem() throws SQLException {
        create("twice", "acme.Twice");
        create("kinds", "acme.Kinds");
        try (ResultSet result = connection.getMetaData().getFunctions(null, "public", "%")) {
            assertEquals(
                    List.of(
                            "thalweg | public | kinds | Java | 1 | kinds",
                            "thalweg | public | twice | Java | 1 | twice"),
                    ResultText.all(result));
        }
    }

    @Test
    void isNotCalledByEndlessQueriesUnlessDeterministic() throws SQLException {
        execute("CREATE FUNCTION draw AS 'acme.Random' USING JAR 'acme.jar' NOT DETERMINISTIC");
        execute("CREATE STREAM s (v BIGINT)");
        assertTrue(failure("CREATE MATERIALIZED VIEW m AS SELECT draw() AS n FROM s")
                .startsWith("0A000 function draw is NOT DETERMINISTIC"));
        assertEquals(List.of("1"), rows("SELECT draw()"));
    }

    @Test
    void codeSeesNothingOfOurs() throws SQLException {
        create("snoop", "acme.Snoop");
        assertEquals(List.of("false"), rows("SELECT snoop()"));
    }

    @Test
    void noDirectoryNoFunctions() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Statement statement = other.createStatement()) {
            SQLException failure = assertThrows(SQLException.class, () -> statement.execute(create("f")));
            assertEquals("42501", failure.getSQLState());
        }
    }
}
