package io.thalweg.runtime.expression.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;
import org.jspecify.annotations.Nullable;

/** Asks JSON texts for what a path leads to. One owner thread. */
public final class JsonQuery {
    /** The path leads to one scalar, or to a null. */
    public static final int FOUND = 0;
    /** The path leads to nothing. */
    public static final int EMPTY = 1;
    /** The text is not JSON, or the path leads to something that is not asked for. */
    public static final int ERROR = 2;

    private final JsonPath path;
    private JsonText json = new JsonText(new byte[0], 0);
    private JsonPath.Matches matches = new JsonPath.Matches();
    private boolean isNull;

    public JsonQuery(String path) {
        this.path = JsonPath.parse(path);
    }

    /** Whether the text is JSON, and the path does not fail on it. */
    private boolean find(Slice text) {
        json = new JsonText(text.data, text.start + text.length);
        boolean valid = json.end(text.start) >= 0;
        matches = valid ? path.find(json, json.skipSpace(text.start)) : matches;
        return valid && !matches.failed();
    }

    /** Whether what was asked for last is NULL. */
    public boolean isNull() {
        return isNull;
    }

    /** Whether the path leads to anything; for an error 1 is true, 0 is false and anything else NULL. */
    public boolean exists(Slice text, int onError) {
        boolean found = find(text);
        isNull = !found && onError != 0 && onError != 1;
        return found ? matches.count() > 0 : onError == 1;
    }

    /** {@link #FOUND}, {@link #EMPTY} or {@link #ERROR}, if a scalar is asked for. */
    public int outcome(Slice text) {
        if (!find(text)) {
            return ERROR;
        }
        if (matches.count() == 0) {
            return EMPTY;
        }
        byte first = json.at(matches.start(0));
        return matches.count() > 1 || first == '{' || first == '[' ? ERROR : FOUND;
    }

    /** Sets the result to the text of the scalar; it is NULL if there is none or it is null. */
    public void scalar(Slice text, boolean failsIfEmpty, boolean failsOnError, Slice result) {
        int outcome = outcome(text);
        if (outcome == EMPTY && failsIfEmpty || outcome == ERROR && failsOnError) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    outcome == EMPTY ? "the JSON path leads to nothing" : "the JSON path does not lead to one scalar");
        }
        isNull = outcome != FOUND || json.at(matches.start(0)) == 'n';
        if (isNull) {
            return;
        }
        int start = matches.start(0);
        if (json.at(start) == '"') {
            byte[] bytes = json.unescaped(start);
            result.set(bytes, 0, bytes.length);
        } else {
            result.setWithin(text, start, json.behind(start) - start);
        }
    }

    /**
     * Sets the result to the JSON that the path leads to, without spaces.
     *
     * @param wrapper 0 none, so that there must be one object or array; 1 an array around whatever is found; 2 an array
     *     unless there is one object or array
     * @param onEmpty what it is if the path leads to nothing; null for NULL
     * @param onError what it is if there is no such JSON; null for NULL
     */
    public void fragment(Slice text, int wrapper, @Nullable Slice onEmpty, @Nullable Slice onError, Slice result) {
        int outcome = fragment(text, wrapper, result);
        Slice other = outcome == EMPTY ? onEmpty : onError;
        isNull = outcome != FOUND && other == null;
        if (outcome != FOUND && other != null) {
            result.set(other.data, other.start, other.length);
        }
    }

    private int fragment(Slice text, int wrapper, Slice result) {
        if (!find(text)) {
            return ERROR;
        }
        if (matches.count() == 0) {
            return EMPTY;
        }
        byte first = json.at(matches.start(0));
        boolean single = matches.count() == 1 && (first == '{' || first == '[');
        if (wrapper == 0 && !single) {
            return ERROR;
        }
        boolean wraps = wrapper == 1 || wrapper == 2 && !single;
        byte[] target = result.reserve(text.length + matches.count() + 2L);
        int length = 0;
        if (wraps) {
            target[length++] = '[';
        }
        for (int i = 0; i < matches.count(); i++) {
            if (i > 0) {
                target[length++] = ',';
            }
            length = json.compact(matches.start(i), json.behind(matches.start(i)), target, length);
        }
        if (wraps) {
            target[length++] = ']';
        }
        result.length = length;
        return FOUND;
    }

    /** Whether a text is JSON of a kind: any, object, array or scalar. */
    public static boolean isJson(Slice text, String kind) {
        JsonText json = new JsonText(text.data, text.start + text.length);
        if (json.end(text.start) < 0) {
            return false;
        }
        byte first = json.at(json.skipSpace(text.start));
        return switch (kind) {
            case "OBJECT" -> first == '{';
            case "ARRAY" -> first == '[';
            case "SCALAR" -> first != '{' && first != '[';
            default -> true;
        };
    }
}
