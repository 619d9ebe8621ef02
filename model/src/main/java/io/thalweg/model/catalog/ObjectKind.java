package io.thalweg.model.catalog;

/** The kinds of objects. */
public enum ObjectKind {
    STREAM("stream"),
    TABLE("table"),
    VIEW("view"),
    MATERIALIZED_VIEW("materialized view"),
    SYSTEM_TABLE("system table");

    private final String noun;

    ObjectKind(String noun) {
        this.noun = noun;
    }

    /** The kind as messages name it. */
    public String noun() {
        return noun;
    }

    /** The kind as SQL writes it. */
    public String sqlName() {
        return name().replace('_', ' ');
    }
}
