package io.thalweg.shell.result;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, so that the reader of an endless result need not wait for a closing bracket. */
final class JsonWriter implements RowWriter {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final PrintWriter out;
    private List<ResultColumn> columns = List.of();

    JsonWriter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> newColumns) {
        columns = newColumns;
    }

    @Override
    public void row(List<@Nullable String> values) {
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            appendString(line, columns.get(i).name());
            line.append(':');
            appendValue(line, columns.get(i).kind(), values.get(i));
        }
        out.write(line.append("}\n").toString());
    }

    private static void appendValue(StringBuilder line, ResultColumn.Kind kind, @Nullable String value) {
        if (value == null) {
            line.append("null");
        } else if (kind == ResultColumn.Kind.BOOLEAN
                // Not every number has a form in JSON: NaN and the infinities become strings.
                || (kind == ResultColumn.Kind.NUMBER && NUMBER.matcher(value).matches())) {
            line.append(value);
        } else {
            appendString(line, value);
        }
    }

    private static void appendString(StringBuilder line, String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (character < ' ') {
                        line.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        line.append(character);
                    }
                }
            }
        }
        line.append('"');
    }

    @Override
    public void end() {}
}
