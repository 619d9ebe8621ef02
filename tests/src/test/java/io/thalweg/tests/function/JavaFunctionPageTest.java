package io.thalweg.tests.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.ResultText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page about functions in Java compiles and runs. */
class JavaFunctionPageTest {
    @TempDir
    Path directory;

    private static String block(String language) throws Exception {
        Matcher found = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "java-functions.md")));
        found.find();
        return found.group(1);
    }

    @Test
    void theExampleRuns() throws Exception {
        CompiledJar.write(directory.resolve("discount.jar"), Map.of("acme.Discount", block("java")));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:thalweg:embedded:?engine.functions=" + directory);
                Statement statement = connection.createStatement()) {
            for (String sql : block("sql").split(";\\s*")) {
                statement.execute(sql);
            }
            try (ResultSet result = statement.executeQuery("SELECT * FROM prices ORDER BY level")) {
                assertEquals(List.of("gold | 90.0", "none | NULL"), ResultText.all(result));
            }
        }
    }
}
