package io.thalweg.server.format;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The columns that a decoder fills, and how their names are found: exactly as they are, or else in lower case.
 *
 * @param type the columns; those that take no NULL say so
 * @param title the kind and name of the relation, for messages
 */
public record RowSchema(RowType type, String title) {
    /** The column of a name in a file, or -1. */
    public int find(String name) {
        int exact = type.indexOf(name);
        return exact >= 0 ? exact : type.indexOf(name.toLowerCase(Locale.ROOT));
    }

    /** The column by the name of each field; later ones are found by {@link #find}. */
    Map<String, Integer> byName() {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < type.size(); i++) {
            columns.put(type.field(i).name(), i);
        }
        return columns;
    }

    /** Why a column cannot have a value, in the words of the cast that failed. */
    public UndecodableRow refused(int column, ThalwegException failure, int offset) {
        return new UndecodableRow(failure.code(), named(column) + ": " + failure.message(), offset);
    }

    /** Why a column without NULL cannot do without a value. */
    public UndecodableRow nullRefused(int column, int offset) {
        return new UndecodableRow(
                ErrorCode.NULL_NOT_ALLOWED, named(column) + " of " + title + " does not take NULL", offset);
    }

    boolean takesNull(int column) {
        return type.type(column).nullable();
    }

    String named(int column) {
        return "column " + type.field(column).name();
    }

    /** A builder of rows of these columns. */
    public DeltaBatchBuilder newBuilder() {
        return new DeltaBatchBuilder(type);
    }
}
