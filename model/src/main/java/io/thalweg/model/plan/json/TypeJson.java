package io.thalweg.model.plan.json;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Types in stored plans and catalog records: {@code "DECIMAL:12:2:null"}, {@code "BIGINT:-1:0:not null"}. The components of a
 * nested type stand behind it, each after its name in quotes: {@code "ARRAY:-1:0:null<'element'BIGINT:-1:0:null>"}.
 */
public final class TypeJson {
    private TypeJson() {}

    public static String write(SqlType type) {
        String text =
                type.name() + ":" + type.precision() + ":" + type.scale() + (type.nullable() ? ":null" : ":not null");
        return type.components().isEmpty()
                ? text
                : text
                        + type.components().stream()
                                .map(c -> "'" + c.name().replace("'", "''") + "'" + write(c.type()))
                                .collect(Collectors.joining(",", "<", ">"));
    }

    public static SqlType read(String text) {
        try {
            Reader reader = new Reader(text);
            SqlType type = reader.type();
            reader.expectEnd();
            return type;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw JsonObject.wrong("type \"" + text + "\" does not exist");
        }
    }

    /** Reads one type from left to right. */
    private static final class Reader {
        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        SqlType type() {
            int end = position;
            while (end < text.length() && "<,>".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String[] parts = text.substring(position, end).split(":");
            position = end;
            return new SqlType(
                    TypeName.valueOf(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    parts[3].equals("null"),
                    components());
        }

        private List<Field> components() {
            List<Field> components = new ArrayList<>();
            if (position < text.length() && text.charAt(position) == '<') {
                do {
                    position++;
                    components.add(new Field(name(), type()));
                } while (text.charAt(position) == ',');
                position++;
            }
            return components;
        }

        private String name() {
            StringBuilder name = new StringBuilder();
            // At the opening quote; a quote within the name is doubled.
            for (position++; text.charAt(position) != '\'' || text.charAt(position + 1) == '\''; position++) {
                position += text.charAt(position) == '\'' ? 1 : 0;
                name.append(text.charAt(position));
            }
            position++;
            return name.toString();
        }

        void expectEnd() {
            if (position != text.length()) {
                throw new IllegalArgumentException("more than a type");
            }
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
