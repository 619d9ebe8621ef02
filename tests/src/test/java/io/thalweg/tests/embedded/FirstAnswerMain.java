package io.thalweg.tests.embedded;

import io.thalweg.tests.system.ResultText;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that uses a database in memory once, and says how long it has lived until it had the answer. */
final class FirstAnswerMain {
    private FirstAnswerMain() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (id BIGINT, name VARCHAR)");
            statement.execute("INSERT INTO s VALUES (1, 'one'), (2, 'two')");
            try (ResultSet result = statement.executeQuery("SELECT COUNT(*), SUM(id) FROM s")) {
                long started = ManagementFactory.getRuntimeMXBean().getStartTime();
                String answer = ResultText.all(result).get(0);
                System.out.println("answer " + answer + " after " + (System.currentTimeMillis() - started) + " ms");
            }
        }
    }
}
