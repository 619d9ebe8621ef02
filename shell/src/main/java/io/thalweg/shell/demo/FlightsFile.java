package io.thalweg.shell.demo;

import java.io.IOException;
import java.io.Reader;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the flights: a JSON array of flat objects whose values are strings without escapes, or whole numbers. That is all
 * of JSON that the file uses, and all that is understood here; anything else is refused.
 */
final class FlightsFile {
    private static final DateTimeFormatter DEPARTURE = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm", Locale.ROOT);

    private final Reader reader;
    private int current;

    private FlightsFile(Reader reader) throws IOException {
        this.reader = reader;
        advance();
    }

    static List<Flight> read(Reader reader) throws IOException {
        return new FlightsFile(reader).flights();
    }

    private List<Flight> flights() throws IOException {
        List<Flight> flights = new ArrayList<>();
        expect('[');
        while (!at(']')) {
            if (!flights.isEmpty()) {
                expect(',');
            }
            flights.add(flight(object()));
        }
        expect(']');
        return flights;
    }

    private static Flight flight(Map<String, String> fields) throws IOException {
        return new Flight(
                LocalDateTime.parse(field(fields, "date"), DEPARTURE),
                Integer.parseInt(field(fields, "delay")),
                Integer.parseInt(field(fields, "distance")),
                field(fields, "origin"),
                field(fields, "destination"));
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("a flight without the field " + name + ": " + fields);
        }
        return value;
    }

    private Map<String, String> object() throws IOException {
        Map<String, String> fields = new HashMap<>();
        expect('{');
        while (!at('}')) {
            if (!fields.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            fields.put(name, at('"') ? string() : number());
        }
        expect('}');
        return fields;
    }

    private String string() throws IOException {
        skipSpace();
        if (current != '"') {
            throw unexpected("a string");
        }
        StringBuilder text = new StringBuilder();
        advance();
        while (current != '"') {
            if (current < ' ' || current == '\\') {
                throw unexpected("a string without escapes");
            }
            text.append((char) current);
            advance();
        }
        advance();
        return text.toString();
    }

    private String number() throws IOException {
        StringBuilder text = new StringBuilder();
        while (current == '-' || (current >= '0' && current <= '9')) {
            text.append((char) current);
            advance();
        }
        if (text.length() == 0) {
            throw unexpected("a whole number");
        }
        return text.toString();
    }

    private void expect(char character) throws IOException {
        if (!at(character)) {
            throw unexpected("'" + character + "'");
        }
        advance();
    }

    private boolean at(char character) throws IOException {
        skipSpace();
        return current == character;
    }

    private void skipSpace() throws IOException {
        while (current == ' ' || current == '\n' || current == '\r' || current == '\t') {
            advance();
        }
    }

    private void advance() throws IOException {
        current = reader.read();
    }

    private IOException unexpected(String wanted) {
        return new IOException("the flights have no " + wanted + " where one is needed, but "
                + (current < 0 ? "their end" : "'" + (char) current + "'"));
    }
}
