package io.thalweg.shell.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the airports: comma-separated values with a heading; a value with a comma in it stands in quotes. */
final class AirportsFile {
    private static final String HEADING = "iata,name,city,state,country,latitude,longitude";
    private static final int FIELDS = 7;

    private AirportsFile() {}

    static List<Airport> read(BufferedReader reader) throws IOException {
        if (!HEADING.equals(reader.readLine())) {
            throw new IOException("the airports do not begin with the heading " + HEADING);
        }
        List<Airport> airports = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            airports.add(airport(line));
        }
        return airports;
    }

    private static Airport airport(String line) throws IOException {
        List<String> fields = fields(line);
        if (fields.size() != FIELDS) {
            throw new IOException("an airport has " + fields.size() + " fields, not " + FIELDS + ": " + line);
        }
        return new Airport(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                Double.parseDouble(fields.get(5)),
                Double.parseDouble(fields.get(6)));
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '"') {
                // Two quotes in a row stand for one; leaving and entering again keeps the second.
                if (!quoted && i > 0 && line.charAt(i - 1) == '"') {
                    field.append('"');
                }
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
