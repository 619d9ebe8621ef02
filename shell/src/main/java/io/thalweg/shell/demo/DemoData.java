package io.thalweg.shell.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The data of the demonstration, in the order in which the flights left. */
record DemoData(List<Flight> flights, List<Airport> airports) {
    /**
     * Reads the files that are part of the program.
     *
     * @param maxFlights so many flights from the first on
     */
    static DemoData load(int maxFlights) throws IOException {
        try (BufferedReader flights = open("flights-20k.json");
                BufferedReader airports = open("airports.csv")) {
            List<Flight> all = FlightsFile.read(flights);
            return new DemoData(
                    List.copyOf(all.subList(0, Math.min(maxFlights, all.size()))),
                    List.copyOf(AirportsFile.read(airports)));
        }
    }

    private static BufferedReader open(String name) throws IOException {
        InputStream stream = DemoData.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("the program lacks its file " + name);
        }
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** How many flights the join cannot keep, because the airport they left from is not among the airports. */
    long flightsWithoutAirport() {
        Set<String> known = airports.stream().map(Airport::iata).collect(Collectors.toSet());
        return flights.stream()
                .filter(flight -> !known.contains(flight.origin()))
                .count();
    }
}
