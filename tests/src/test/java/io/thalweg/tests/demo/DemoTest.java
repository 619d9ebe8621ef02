package io.thalweg.tests.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.shell.demo.DemoMain;
import io.thalweg.tests.system.ServerProcess;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demonstration as a user does, and computes every number of its result by DuckDB from the same two files. */
class DemoTest {
    private static final double EPSILON = 1e-9;
    private static final int CITIES_AND_WEEKS = 1_000;

    @TempDir
    Path directory;

    /** The three numbers of one city in one week. */
    private record Numbers(long flights, double averageDelay, double delayedShare) {}

    @Test
    void everyNumberIsRight() throws Exception {
        Path output = directory.resolve("delays.csv");
        String said = runDemo("--fast", "--output", output.toString());
        Map<String, Numbers> expected = oracle(resource("flights-20k.json"), resource("airports.csv"));
        Map<String, Numbers> actual = read(output);
        assertTrue(expected.size() > CITIES_AND_WEEKS, "the oracle has " + expected.size() + " rows only");
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((key, numbers) -> {
            assertEquals(numbers.flights(), actual.get(key).flights(), key);
            assertEquals(numbers.averageDelay(), actual.get(key).averageDelay(), EPSILON, key);
            assertEquals(numbers.delayedShare(), actual.get(key).delayedShare(), EPSILON, key);
        });
        assertTrue(said.contains("EMIT CHANGES"), said);
    }

    private static String runDemo(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(ServerProcess.command());
        command.add(DemoMain.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream stream = process.getInputStream()) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), text);
            assertEquals(0, process.exitValue(), text);
            System.out.println("DemoTest:"
                    + text.lines().filter(line -> line.startsWith("All ")).reduce("", (a, b) -> a + " " + b));
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    private Path resource(String name) throws Exception {
        Path file = directory.resolve(name);
        try (InputStream stream = DemoMain.class.getResourceAsStream(name)) {
            Files.copy(stream, file);
        }
        return file;
    }

    private static Map<String, Numbers> oracle(Path flights, Path airports) throws SQLException {
        String sql = "SELECT CAST(DATE_TRUNC('day', DATE '1970-01-01'"
                + " + CAST(FLOOR(EPOCH(departure) / 604800) * 7 AS INTEGER)) AS DATE) AS week,"
                + " a.city || ', ' || a.state AS place, COUNT(*), AVG(f.delay),"
                + " AVG(CASE WHEN f.delay > 15 THEN 1.0 ELSE 0.0 END)"
                + " FROM (SELECT STRPTIME(date, '%Y/%m/%d %H:%M') AS departure, delay, origin FROM read_json('"
                + flights
                + "', columns = {date: 'VARCHAR', delay: 'INTEGER', origin: 'VARCHAR'})) AS f"
                + " JOIN read_csv('" + airports + "', header = true, all_varchar = true) AS a ON a.iata = f.origin"
                + " GROUP BY 1, 2";
        Map<String, Numbers> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.put(
                        result.getString(1) + " " + result.getString(2),
                        new Numbers(result.getLong(3), result.getDouble(4), result.getDouble(5)));
            }
        }
        return rows;
    }

    private static Map<String, Numbers> read(Path output) throws Exception {
        Map<String, Numbers> rows = new TreeMap<>();
        for (String line :
                Files.readAllLines(output).subList(1, Files.readAllLines(output).size())) {
            String week = line.substring(0, line.indexOf(','));
            String city = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
            String[] numbers = line.substring(line.lastIndexOf('"') + 2).split(",");
            rows.put(
                    week + " " + city,
                    new Numbers(
                            Long.parseLong(numbers[0]),
                            Double.parseDouble(numbers[1]),
                            Double.parseDouble(numbers[2])));
        }
        return rows;
    }
}
