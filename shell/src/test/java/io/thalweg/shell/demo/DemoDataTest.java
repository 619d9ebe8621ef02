package io.thalweg.shell.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoDataTest {
    @Test
    void readsFlights() throws IOException {
        String text = """
                [{"date":"2001/01/01 00:47","delay":-66,"distance":1750,"origin":"DTW","destination":"LAS"},
                 {"destination":"SFO", "origin":"HNL", "distance":0, "delay":95, "date":"2001/12/31 23:59"}]
                """;
        assertEquals(
                List.of(
                        new Flight(LocalDateTime.of(2001, 1, 1, 0, 47), -66, 1750, "DTW", "LAS"),
                        new Flight(LocalDateTime.of(2001, 12, 31, 23, 59), 95, 0, "HNL", "SFO")),
                FlightsFile.read(new StringReader(text)));
    }

    @Test
    void refusesWhatIsNotAFlight() {
        for (String text : List.of("", "[", "[{\"date\":}]", "[{\"delay\":1}]", "[{\"a\\n\":1}]", "{}")) {
            assertThrows(IOException.class, () -> FlightsFile.read(new StringReader(text)), text);
        }
    }

    @Test
    void readsAirportsWithQuotedFields() throws IOException {
        String text = """
                iata,name,city,state,country,latitude,longitude
                35A,"Union County, Troy Shelton",Union,SC,USA,34.68680111,-81.64121167
                X,"The ""Big"" One",,NA,USA,1,-2.5
                """;
        assertEquals(
                List.of(
                        new Airport(
                                "35A", "Union County, Troy Shelton", "Union", "SC", "USA", 34.68680111, -81.64121167),
                        new Airport("X", "The \"Big\" One", "", "NA", "USA", 1, -2.5)),
                AirportsFile.read(new BufferedReader(new StringReader(text))));
    }

    @Test
    void everyFlightLeavesFromAKnownAirportInOrder() throws IOException {
        DemoData data = DemoData.load(Integer.MAX_VALUE);
        assertEquals(20_000, data.flights().size());
        assertEquals(3376, data.airports().size());
        assertEquals(0, data.flightsWithoutAirport());
        for (int i = 1; i < data.flights().size(); i++) {
            assertTrue(!data.flights()
                    .get(i)
                    .departure()
                    .isBefore(data.flights().get(i - 1).departure()));
        }
    }

    @Test
    void countsFlightsThatTheJoinLeavesOut() throws IOException {
        DemoData all = DemoData.load(10);
        assertEquals(10, all.flights().size());
        assertEquals(10, new DemoData(all.flights(), List.of()).flightsWithoutAirport());
    }
}
