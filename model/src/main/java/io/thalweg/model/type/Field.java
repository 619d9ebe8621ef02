package io.thalweg.model.type;

/** A named column of a row type. */
public record Field(String name, SqlType type) {
    @Override
    public String toString() {
        return name + " " + type;
    }
}
