package io.thalweg.runtime.expression.json;

import io.thalweg.runtime.expression.function.Slice;

/** Tells what JSON is like at a path: of what type, how long, how deep, and how it looks in lines. One owner thread. */
public final class JsonInspection {
    private final JsonPath path;
    private JsonText json = new JsonText(new byte[0], 0);
    private boolean isNull;

    public JsonInspection(String path) {
        this.path = JsonPath.parse(path);
    }

    /** Whether what was asked for last is NULL: the text is not JSON, or the path does not lead to one value of it. */
    public boolean isNull() {
        return isNull;
    }

    /** Where the value is; negative if there is not one. */
    private int find(Slice text) {
        json = new JsonText(text.data, text.start + text.length);
        isNull = true;
        if (json.end(text.start) < 0) {
            return -1;
        }
        JsonPath.Matches matches = path.find(json, json.skipSpace(text.start));
        if (matches.failed() || matches.count() != 1) {
            return -1;
        }
        isNull = false;
        return matches.start(0);
    }

    public void type(Slice text, Slice result) {
        int at = find(text);
        if (at >= 0) {
            result.setText(type(at));
        }
    }

    private String type(int at) {
        return switch (json.at(at)) {
            case '{' -> "OBJECT";
            case '[' -> "ARRAY";
            case '"' -> "STRING";
            case 't', 'f' -> "BOOLEAN";
            case 'n' -> "NULL";
            default -> isWhole(at) ? "INTEGER" : "DOUBLE";
        };
    }

    private boolean isWhole(int start) {
        int end = json.behind(start);
        for (int at = start; at < end; at++) {
            byte next = json.at(at);
            if (next == '.' || next == 'e' || next == 'E') {
                return false;
            }
        }
        return true;
    }

    /** How many elements or members there are; 1 of a scalar. */
    public int length(Slice text) {
        int start = find(text);
        if (start < 0 || isScalar(start)) {
            return 1;
        }
        int count = 0;
        for (int at = json.firstMember(start); at >= 0; at = json.nextMember(json.behind(value(start, at)))) {
            count++;
        }
        return count;
    }

    private boolean isScalar(int at) {
        return json.at(at) != '{' && json.at(at) != '[';
    }

    /** Where the value of a member begins, which in an object is behind its name. */
    private int value(int container, int member) {
        return json.at(container) == '{' ? json.valueOf(member) : member;
    }

    /** The names of the members, in their order. */
    public void keys(Slice text, Slice result) {
        int start = find(text);
        isNull |= start >= 0 && json.at(start) != '{';
        if (isNull) {
            return;
        }
        byte[] out = result.reserve(text.length + 2L);
        int length = 0;
        out[length++] = '[';
        for (int at = json.firstMember(start); at >= 0; at = json.nextMember(json.behind(json.valueOf(at)))) {
            if (length > 1) {
                out[length++] = ',';
            }
            length = json.compact(at, json.behind(at), out, length);
        }
        out[length++] = ']';
        result.length = length;
    }

    public int depth(Slice text) {
        int at = find(text);
        return at < 0 ? 1 : depthAt(at);
    }

    private int depthAt(int start) {
        int deepest = 0;
        int first = isScalar(start) ? -1 : json.firstMember(start);
        for (int at = first; at >= 0; ) {
            int value = value(start, at);
            deepest = Math.max(deepest, depthAt(value));
            at = json.nextMember(json.behind(value));
        }
        return deepest + 1;
    }

    /** The value with each element and member in a line of its own, two spaces further in than what it is in. */
    public void pretty(Slice text, Slice result) {
        int at = find(text);
        if (at >= 0) {
            StringBuilder lines = new StringBuilder();
            pretty(text, at, "\n", lines);
            result.setText(lines.toString());
        }
    }

    private void pretty(Slice text, int start, String newLine, StringBuilder lines) {
        int first = isScalar(start) ? -1 : json.firstMember(start);
        if (first < 0) {
            append(text, start, json.behind(start), lines);
            return;
        }
        boolean object = json.at(start) == '{';
        String inner = newLine + "  ";
        lines.append(object ? '{' : '[');
        for (int at = first; at >= 0; ) {
            lines.append(at == first ? "" : ",").append(inner);
            int value = value(start, at);
            if (object) {
                append(text, at, json.behind(at), lines);
                lines.append(": ");
            }
            pretty(text, value, inner, lines);
            at = json.nextMember(json.behind(value));
        }
        lines.append(newLine).append(object ? '}' : ']');
    }

    private void append(Slice text, int from, int to, StringBuilder lines) {
        Slice part = new Slice();
        part.setWithin(text, from, to - from);
        boolean isEmpty = !isScalar(from);
        lines.append(isEmpty ? part.text().replaceAll("\\s", "") : part.text());
    }
}
