package io.thalweg.shell.result;

import io.thalweg.shell.text.DisplayText;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in the common dialect of Markdown, with the numbers aligned to the right by its second line. */
final class MarkdownWriter implements RowWriter {
    private final PrintWriter out;

    MarkdownWriter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        row(columns.stream().map(ResultColumn::name).toList());
        out.write(columns.stream()
                .map(column -> column.isNumber() ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public void row(List<@Nullable String> values) {
        StringBuilder line = new StringBuilder("|");
        for (String value : values) {
            String text = value == null ? "" : DisplayText.printable(value.replace("\n", "<br>"));
            line.append(' ').append(text.replace("|", "\\|")).append(" |");
        }
        out.write(line.append('\n').toString());
    }

    @Override
    public void end() {}
}
