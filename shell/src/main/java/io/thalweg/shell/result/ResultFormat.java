package io.thalweg.shell.result;

import io.thalweg.shell.text.Look;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of the option {@code --format}. */
public enum ResultFormat {
    /** Aligned columns, for people. */
    TABLE,
    /** One value a line, for wide rows. */
    VERTICAL,
    /** RFC 4180 with a heading; NULL is an empty field, an empty string is quoted. */
    CSV,
    /** One JSON object a line. */
    JSON,
    /** A table for documents. */
    MARKDOWN;

    /** The format with this name in any case. */
    public static Optional<ResultFormat> named(String name) {
        return Stream.of(values())
                .filter(format -> format.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** A writer for one result. */
    public RowWriter writer(PrintWriter out, Look look) {
        return switch (this) {
            case TABLE -> new TableWriter(out, look);
            case VERTICAL -> new VerticalWriter(out, look);
            case CSV -> new CsvWriter(out);
            case JSON -> new JsonWriter(out);
            case MARKDOWN -> new MarkdownWriter(out);
        };
    }

    /** Whether a person reads it, who also wants to know how many rows there were. */
    public boolean isForPeople() {
        return this == TABLE || this == VERTICAL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
