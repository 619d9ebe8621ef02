package io.thalweg.shell.result;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180, but for line ends of one character. */
final class CsvWriter implements RowWriter {
    private final PrintWriter out;

    CsvWriter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        row(columns.stream().map(ResultColumn::name).toList());
    }

    @Override
    public void row(List<@Nullable String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            String value = values.get(i);
            if (value != null) {
                out.write(field(value));
            }
        }
        out.write('\n');
    }

    private static String field(String value) {
        return needsQuotes(value) ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    /** Also quoted: the empty string, since nothing at all is NULL, and blanks at the ends, which some readers strip. */
    private static boolean needsQuotes(String value) {
        return value.isEmpty()
                || value.charAt(0) == ' '
                || value.charAt(value.length() - 1) == ' '
                || value.chars().anyMatch(character -> character == ',' || character == '"' || character < ' ');
    }

    @Override
    public void end() {}
}
