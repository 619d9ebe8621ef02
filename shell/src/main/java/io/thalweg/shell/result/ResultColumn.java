package io.thalweg.shell.result;

/**
 * A column of a result: its label, and what its values are to a writer.
 *
 * @param typicalWidth the width that a table reserves before it knows the values; 0 where it will know them in time
 */
public record ResultColumn(String name, Kind kind, int typicalWidth) {
    /** A column of a result that ends. */
    public ResultColumn(String name, Kind kind) {
        this(name, kind, 0);
    }

    /** The three ways in which formats treat values. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** The first column of a changelog: {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
        CHANGE
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }
}
