package io.thalweg.tests.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.jdbc.ThalwegResultSet;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show runs: each document in order, on a database of its own. */
class DocumentExamplesTest {
    private static final int ENOUGH_ROWS = 1_000;

    @TempDir
    Path files;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/sql.md"})
    void everyExampleRuns(String document) throws Exception {
        List<SqlBlocks.Block> blocks = SqlBlocks.read(Path.of("..").resolve(document));
        assertFalse(blocks.isEmpty(), document);
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:?engine.files=" + files)) {
            for (SqlBlocks.Block block : blocks) {
                for (String statement : block.statements()) {
                    run(connection, block, statement, document + ":" + block.line() + ": " + statement);
                }
            }
        }
    }

    private static void run(Connection connection, SqlBlocks.Block block, String statement, String where) {
        if (block.words().contains("error")) {
            assertThrows(SQLException.class, () -> execute(connection, statement), where);
        } else {
            try {
                execute(connection, statement);
            } catch (SQLException failure) {
                throw new AssertionError(where + "\n" + failure.getSQLState() + " " + failure.getMessage(), failure);
            }
        }
    }

    /** Reads what is there; an endless query ends with the statement. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(ENOUGH_ROWS);
            if (statement.execute(sql)) {
                ThalwegResultSet result = statement.getResultSet().unwrap(ThalwegResultSet.class);
                if (result.isEndless()) {
                    result.nextWithin(Duration.ofMillis(300));
                } else {
                    while (result.next()) {
                        result.getString(1);
                    }
                }
            }
        }
    }
}
