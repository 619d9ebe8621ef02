package io.thalweg.model.plan.json;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Types in stored plans and catalog records: {@code "DECIMAL:12:2:null"}, {@code "BIGINT:-1:0:not null"}. */
public final class TypeJson {
    private TypeJson() {}

    public static String write(SqlType type) {
        return type.name() + ":" + type.precision() + ":" + type.scale() + (type.nullable() ? ":null" : ":not null");
    }

    public static SqlType read(String text) {
        String[] parts = text.split(":");
        try {
            return new SqlType(
                    TypeName.valueOf(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    parts[3].equals("null"));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw JsonObject.wrong("type \"" + text + "\" does not exist");
        }
    }

    static List<Object> writeRow(RowType type) {
        List<Object> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            fields.add(List.of(field.name(), write(field.type())));
        }
        return fields;
    }

    static RowType readRow(List<?> fields) {
        List<Field> read = new ArrayList<>();
        for (Object field : fields) {
            if (field instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String name
                    && pair.get(1) instanceof String type) {
                read.add(new Field(name, read(type)));
            } else {
                throw JsonObject.wrong("a column is not a pair of name and type");
            }
        }
        return new RowType(read);
    }

    /** A row type as JSON text. */
    public static String write(RowType type) {
        return JsonText.write(Map.of("fields", writeRow(type)));
    }

    /** The row type of a JSON text that {@link #write(RowType)} made. */
    public static RowType readRowType(String json) {
        return readRow(JsonObject.of(JsonText.read(json)).list("fields"));
    }
}
