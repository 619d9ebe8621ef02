package io.thalweg.shell.result;

import io.thalweg.shell.text.DisplayText;
import io.thalweg.shell.text.Ink;
import io.thalweg.shell.text.Look;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns. The first rows are held back to learn the widths; after them, or at a pause, rows are written as they
 * come, and a column widens when a wider value appears. So memory is bounded for a result of any length.
 */
final class TableWriter implements RowWriter {
    /** How many rows decide about the first widths. */
    static final int ROWS_HELD = 1000;

    /** No column is padded beyond this width: one huge value must not blow up every row after it. */
    private static final int MAX_PADDING = 1000;

    private final PrintWriter out;
    private final Look look;
    private final List<List<@Nullable String>> held = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private ColumnWidths widths = new ColumnWidths(0);
    private int[] fitted = {};
    private boolean headingWritten;
    private boolean cut;

    TableWriter(PrintWriter out, Look look) {
        this.out = out;
        this.look = look;
    }

    @Override
    public void begin(List<ResultColumn> newColumns) {
        columns = newColumns;
        widths = new ColumnWidths(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            int label = DisplayText.width(DisplayText.printable(column.name()));
            widths.include(i, Math.max(label, column.typicalWidth()));
            if (column.kind() == ResultColumn.Kind.TEXT) {
                widths.allowToShrink(i);
            }
        }
    }

    @Override
    public void row(List<@Nullable String> values) {
        String only = values.size() == 1 ? values.get(0) : null;
        if (only != null && only.indexOf('\n') >= 0) {
            // A statement or a plan stands alone and reads best as it was written.
            only.lines().forEach(line -> add(List.of(line)));
        } else {
            add(values);
        }
    }

    private void add(List<? extends @Nullable String> values) {
        List<@Nullable String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            String text = value == null ? null : DisplayText.printable(value);
            widths.include(i, text == null ? 4 : Math.min(MAX_PADDING, DisplayText.width(text)));
            texts.add(text);
        }
        if (headingWritten) {
            fitted = widths.fitted(look.columns().getAsInt());
            writeRow(texts);
        } else {
            held.add(texts);
            if (held.size() == ROWS_HELD) {
                pause();
            }
        }
    }

    @Override
    public void pause() {
        if (headingWritten) {
            return;
        }
        headingWritten = true;
        fitted = widths.fitted(look.columns().getAsInt());
        writeHeading();
        held.forEach(this::writeRow);
        held.clear();
    }

    @Override
    public void end() {
        pause();
    }

    @Override
    public boolean cutValues() {
        return cut;
    }

    private void writeHeading() {
        StringBuilder names = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                names.append(look.paint(Ink.FAINT, look.vertical()));
                line.append(look.cross());
            }
            String name = DisplayText.cut(DisplayText.printable(columns.get(i).name()), fitted[i], look.ellipsis());
            String cell = " " + aligned(i, name) + " ";
            names.append(look.paint(Ink.STRONG, cell));
            line.append(look.horizontal().repeat(fitted[i] + 2));
        }
        out.write(withoutEndBlanks(names.toString()) + "\n" + look.paint(Ink.FAINT, line.toString()) + "\n");
    }

    private void writeRow(List<@Nullable String> texts) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                line.append(look.paint(Ink.FAINT, look.vertical()));
            }
            line.append(' ').append(cell(i, texts.get(i))).append(' ');
        }
        out.write(withoutEndBlanks(line.toString()) + "\n");
    }

    private String cell(int column, @Nullable String text) {
        if (text == null) {
            return look.paint(Ink.FAINT, aligned(column, "NULL"));
        }
        String shown = text;
        if (look.columns().getAsInt() > 0) {
            shown = DisplayText.cut(text, fitted[column], look.ellipsis());
            cut |= shown.length() != text.length();
        }
        String cell = aligned(column, shown);
        return columns.get(column).kind() == ResultColumn.Kind.CHANGE ? look.paint(changeInk(text), cell) : cell;
    }

    private static Ink changeInk(String change) {
        return switch (change) {
            case "+I" -> Ink.GOOD;
            case "-D" -> Ink.BAD;
            case "-U" -> Ink.FAINT;
            default -> Ink.WARM;
        };
    }

    private String aligned(int column, String text) {
        return columns.get(column).isNumber()
                ? DisplayText.padLeft(text, fitted[column])
                : DisplayText.padRight(text, fitted[column]);
    }

    private static String withoutEndBlanks(String line) {
        return line.stripTrailing();
    }
}
