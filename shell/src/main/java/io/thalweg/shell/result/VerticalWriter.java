package io.thalweg.shell.result;

import io.thalweg.shell.text.DisplayText;
import io.thalweg.shell.text.Ink;
import io.thalweg.shell.text.Look;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line for each value, below a line with the number of the row. */
final class VerticalWriter implements RowWriter {
    private final PrintWriter out;
    private final Look look;
    private List<String> labels = List.of();
    private long rows;

    VerticalWriter(PrintWriter out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        List<String> names = columns.stream()
                .map(column -> DisplayText.printable(column.name()))
                .toList();
        int width = names.stream().mapToInt(DisplayText::width).max().orElse(0);
        labels = names.stream().map(name -> DisplayText.padLeft(name, width)).toList();
    }

    @Override
    public void row(List<@Nullable String> values) {
        rows++;
        String heading = look.horizontal().repeat(3) + " row " + rows + " "
                + look.horizontal().repeat(3);
        out.write(look.paint(Ink.FAINT, heading) + "\n");
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            String text = value == null ? look.paint(Ink.FAINT, "NULL") : DisplayText.printable(value);
            out.write(look.paint(Ink.STRONG, labels.get(i)) + " " + look.vertical() + " " + text + "\n");
        }
    }

    @Override
    public void end() {}
}
