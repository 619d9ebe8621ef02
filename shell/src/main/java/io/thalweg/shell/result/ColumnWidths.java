package io.thalweg.shell.result;

import java.util.Arrays;

/**
 * How wide the columns of a table are: as wide as their widest value so far, but together no wider than the terminal.
 * Only text columns give way, the widest first, since a number that lost digits is a wrong number.
 */
final class ColumnWidths {
    /** A text column keeps this many cells, even if the table then is wider than the terminal. */
    private static final int MIN_TEXT = 6;

    /** The cells between two columns: a blank, the line, a blank. */
    private static final int BETWEEN = 3;

    private final int[] natural;
    private final boolean[] shrinkable;

    ColumnWidths(int columns) {
        natural = new int[columns];
        shrinkable = new boolean[columns];
    }

    void allowToShrink(int column) {
        shrinkable[column] = true;
    }

    void include(int column, int width) {
        natural[column] = Math.max(natural[column], width);
    }

    /** The widths for a terminal of so many columns; 0 is a terminal without an end. */
    int[] fitted(int terminalColumns) {
        int[] widths = natural.clone();
        if (terminalColumns == 0 || widths.length == 0) {
            return widths;
        }
        int space = terminalColumns - 2 - BETWEEN * (widths.length - 1);
        int excess = Arrays.stream(widths).sum() - space;
        while (excess > 0) {
            int widest = widestShrinkable(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private int widestShrinkable(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (shrinkable[i] && widths[i] > MIN_TEXT && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }
}
