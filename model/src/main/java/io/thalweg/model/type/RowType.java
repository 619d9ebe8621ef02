package io.thalweg.model.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of a relation, in order. Names need not be unique: a query may return two columns of one name. */
public record RowType(List<Field> fields) {
    public RowType {
        fields = List.copyOf(fields);
    }

    /** A row type from alternating names and types: {@code RowType.of("a", SqlType.BIGINT, "b", SqlType.VARCHAR)}. */
    public static RowType of(Object... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new Field((String) namesAndTypes[i], (SqlType) namesAndTypes[i + 1]));
        }
        return new RowType(fields);
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public SqlType type(int index) {
        return fields.get(index).type();
    }

    public String name(int index) {
        return fields.get(index).name();
    }

    /** The types without the names. */
    public List<SqlType> types() {
        return fields.stream().map(Field::type).toList();
    }

    /** The first column of this exact name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The row type of the named columns of this one. */
    public RowType project(int... columns) {
        List<Field> chosen = new ArrayList<>(columns.length);
        for (int column : columns) {
            chosen.add(fields.get(column));
        }
        return new RowType(chosen);
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
