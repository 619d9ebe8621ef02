package io.thalweg.runtime.expression;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.compiler.GeneratedProgram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates what depends on one dictionary-coded column once for each entry of the dictionary instead of once for each
 * row. An entry that fails may be one that no row has, so a failure is not reported: the rows are then evaluated one by
 * one.
 */
final class DictionaryProgram {
    /** In place of a count: the dictionary is absent or too large, or an entry failed. */
    static final int NOT_EVALUATED = -1;

    /** Rows must be so many times as many as entries. */
    private static final int MIN_ROWS_PER_ENTRY = 2;

    private final GeneratedProgram program;

    DictionaryProgram(GeneratedProgram program) {
        this.program = program;
    }

    /** Collects the rows for which the condition is true and returns how many there are. */
    int filter(int index, BytesColumn column, int[] selected) {
        int[] codes = column.codes();
        if (codes == null || !isWorthwhile(column, column.rowCount())) {
            return NOT_EVALUATED;
        }
        Column entries = entries(column);
        int[] accepted = new int[entries.rowCount()];
        int acceptedCount = filterEntries(index, entries, column, accepted);
        if (acceptedCount == NOT_EVALUATED) {
            return NOT_EVALUATED;
        }
        boolean[] accepts = new boolean[entries.rowCount()];
        for (int i = 0; i < acceptedCount; i++) {
            accepts[accepted[i]] = true;
        }
        int nullEntry = entries.rowCount() - 1;
        int kept = 0;
        for (int row = 0; row < column.rowCount(); row++) {
            selected[kept] = row;
            kept += accepts[column.isNull(row) ? nullEntry : codes[row]] ? 1 : 0;
        }
        return kept;
    }

    private int filterEntries(int index, Column entries, Column column, int[] accepted) {
        program.bindColumn(index, entries);
        try {
            return program.filter(entries.rowCount(), accepted);
        } catch (ThalwegException failure) {
            return NOT_EVALUATED;
        } finally {
            program.bindColumn(index, column);
        }
    }

    /** A projection from the chosen rows, or null if it is not evaluated. */
    @Nullable
    Column project(int projection, int index, BytesColumn column, int @Nullable [] rows, int count) {
        int[] codes = column.codes();
        if (codes == null || !isWorthwhile(column, count)) {
            return null;
        }
        Column entries = entries(column);
        Column results = projectEntries(projection, index, entries, column);
        if (results == null) {
            return null;
        }
        int nullEntry = entries.rowCount() - 1;
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            chosen[i] = column.isNull(row) ? nullEntry : codes[row];
        }
        return results instanceof BytesColumn texts ? coded(texts, chosen) : results.select(chosen, count);
    }

    private @Nullable Column projectEntries(int projection, int index, Column entries, Column column) {
        program.bindColumn(index, entries);
        try {
            return program.project(projection, null, entries.rowCount());
        } catch (ThalwegException failure) {
            return null;
        } finally {
            program.bindColumn(index, column);
        }
    }

    /** The results for the entries as the dictionary of a column. */
    private static Column coded(BytesColumn texts, int[] chosen) {
        long[] nulls = null;
        if (texts.nulls() != null) {
            nulls = new long[Column.nullWords(chosen.length)];
            for (int i = 0; i < chosen.length; i++) {
                nulls[i >>> 6] |= (texts.isNull(chosen[i]) ? 1L : 0L) << i;
            }
        }
        return new BytesColumn(chosen.length, texts.data(), texts.starts(), texts.lengths(), chosen, nulls);
    }

    private static boolean isWorthwhile(BytesColumn column, int rows) {
        return (long) column.starts().length * MIN_ROWS_PER_ENTRY <= rows;
    }

    /** The entries as rows, and a row of NULL behind them if the column has one. */
    private static Column entries(BytesColumn column) {
        int size = Math.min(column.starts().length, column.lengths().length);
        if (column.nulls() == null) {
            return new BytesColumn(size, column.data(), column.starts(), column.lengths(), null);
        }
        long[] nulls = new long[Column.nullWords(size + 1)];
        nulls[size >>> 6] |= 1L << size;
        return new BytesColumn(
                size + 1,
                column.data(),
                Arrays.copyOf(column.starts(), size + 1),
                Arrays.copyOf(column.lengths(), size + 1),
                nulls);
    }
}
