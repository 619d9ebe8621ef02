package io.thalweg.shell.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one result. Calls come in this order, from one thread: {@link #begin}, any number of {@link #row} and {@link
 * #pause}, {@link #end}.
 */
public interface RowWriter {
    void begin(List<ResultColumn> columns);

    /** A row, as the texts of its values; null is SQL's NULL. */
    void row(List<@Nullable String> values);

    /** No other row waits: whatever was held back for a better layout has to be written now. */
    default void pause() {}

    /** The last row was written. */
    void end();

    /** Whether some value was too wide for the terminal and lost its end. */
    default boolean cutValues() {
        return false;
    }
}
