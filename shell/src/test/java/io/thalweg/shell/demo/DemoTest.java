package io.thalweg.shell.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.time.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration against a database in this process, its numbers against plain Java. */
@Timeout(120)
class DemoTest {
    @Test
    void everyNumberIsRight(@TempDir Path directory) throws Exception {
        DemoData data = DemoData.load(5000);
        StringWriter out = new StringWriter();
        Demo demo = new Demo(
                "jdbc:thalweg:embedded:" + directory.resolve("data"),
                data,
                new PlainScreen(new PrintWriter(out)),
                new SystemClock(),
                new CountDownLatch(1));
        Demo.Outcome outcome = demo.run(0);
        assertTrue(outcome.complete());
        assertEquals(expected(data), outcome.rows());
        assertTrue(out.toString().contains("100 %  5,000 of 5,000 flights, up to 2001-01-23"), out::toString);

        String report = DemoReport.text(outcome, data, Optional.of(directory));
        assertTrue(report.contains("All 5,000 flights are in the "), report);
        assertTrue(report.contains("./thalweg sql --embedded " + directory), report);
    }

    @Test
    void writesTheRowsForAProgram(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("rows.csv");
        DelayCsv.write(List.of(new DelayRow(LocalDate.of(2001, 1, 4), "Portland, ME", 3, 1 / 3.0, 0.5)), file);
        assertEquals(
                "week,city,flights,average_delay,delayed_share\n2001-01-04,\"Portland, ME\",3,0.3333333333333333,0.5\n",
                Files.readString(file));
    }

    @Test
    void deletesOnlyADirectoryOfItsOwn(@TempDir Path given) throws IOException {
        Path temporary;
        try (DemoDirectory directory = DemoDirectory.open(null)) {
            temporary = directory.path();
            Files.writeString(Files.createDirectory(temporary.resolve("a")).resolve("b"), "c");
            assertEquals(Optional.empty(), directory.kept());
        }
        assertTrue(Files.notExists(temporary));
        try (DemoDirectory directory = DemoDirectory.open(given)) {
            assertEquals(Optional.of(given), directory.kept());
        }
        assertTrue(Files.exists(given));
    }

    /** The query in plain Java: weeks begin on Thursdays, since windows count from 1 January 1970. */
    private static List<DelayRow> expected(DemoData data) {
        Map<String, String> cities = data.airports().stream()
                .collect(Collectors.toMap(Airport::iata, airport -> airport.city() + ", " + airport.state()));
        Map<DelayRow.Key, List<Flight>> groups = new HashMap<>();
        for (Flight flight : data.flights()) {
            long day = flight.departure().toLocalDate().toEpochDay();
            LocalDate week = LocalDate.ofEpochDay(Math.floorDiv(day, 7) * 7);
            groups.computeIfAbsent(new DelayRow.Key(week, cities.get(flight.origin())), key -> new ArrayList<>())
                    .add(flight);
        }
        List<DelayRow> rows = new ArrayList<>();
        groups.forEach((key, flights) -> {
            double count = flights.size();
            long late = flights.stream().filter(flight -> flight.delay() > 15).count();
            long minutes = flights.stream().mapToLong(Flight::delay).sum();
            rows.add(new DelayRow(key.week(), key.city(), flights.size(), minutes / count, late / count));
        });
        rows.sort(Comparator.comparing(DelayRow::week).thenComparing(DelayRow::city));
        return rows;
    }
}
