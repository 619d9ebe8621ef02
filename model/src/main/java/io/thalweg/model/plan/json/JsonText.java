package io.thalweg.model.plan.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The little of JSON (RFC 8259) that plans need: objects as maps in the order of their keys, arrays as lists, strings,
 * whole numbers as {@link Long}, and booleans. Written here since this module has no dependencies.
 */
final class JsonText {
    private static final int MAX_DEPTH = 2_000;

    private final String text;
    private int position;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private static void append(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                appendString(String.valueOf(entry.getKey()), out);
                out.append(':');
                append(entry.getValue(), out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                append(element, out);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            appendString(string, out);
        } else {
            out.append(value);
        }
    }

    private static void appendString(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    static Object read(String text) {
        JsonText reader = new JsonText(text);
        Object value = reader.value();
        reader.space();
        if (reader.position != text.length()) {
            throw reader.broken("text after the end");
        }
        return value;
    }

    private Object value() {
        space();
        if (position == text.length()) {
            throw broken("a value is missing");
        }
        char c = text.charAt(position);
        if (c == '{' || c == '[') {
            if (++depth > MAX_DEPTH) {
                throw broken("nested too deep");
            }
            Object nested = c == '{' ? object() : array();
            depth--;
            return nested;
        }
        if (c == '"') {
            return string();
        }
        if (text.startsWith("true", position)) {
            position += 4;
            return Boolean.TRUE;
        }
        if (text.startsWith("false", position)) {
            position += 5;
            return Boolean.FALSE;
        }
        return number();
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        position++;
        if (accept('}')) {
            return map;
        }
        do {
            space();
            String key = string();
            expect(':');
            map.put(key, value());
        } while (accept(','));
        expect('}');
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        position++;
        if (accept(']')) {
            return list;
        }
        do {
            list.add(value());
        } while (accept(','));
        expect(']');
        return list;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw broken("a string does not end");
    }

    private char escaped() {
        if (position == text.length()) {
            throw broken("a string does not end");
        }
        char c = text.charAt(position++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> hexadecimal();
            default -> throw broken("an escape that does not exist");
        };
    }

    private char hexadecimal() {
        if (text.length() - position < 4) {
            throw broken("a string does not end");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(position++), 16);
            if (digit < 0) {
                throw broken("an escape that does not exist");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Long number() {
        int start = position;
        while (position < text.length() && "-0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        try {
            return Long.valueOf(text.substring(start, position));
        } catch (NumberFormatException e) {
            throw broken("a number is missing");
        }
    }

    private void space() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean accept(char c) {
        space();
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw broken("'" + c + "' is missing");
        }
    }

    private ThalwegException broken(String what) {
        return new ThalwegException(ErrorCode.DATA_CORRUPTED, "damaged stored plan: " + what + " at " + position);
    }
}
