package io.thalweg.model.plan.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.List;
import java.util.Map;

/** Reads the members of a JSON object, with an error where one is missing or of another type. */
record JsonObject(Map<?, ?> members) {
    static JsonObject of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject(map);
        }
        throw wrong("an object was expected");
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    Object member(String key) {
        Object value = members.get(key);
        if (value == null) {
            throw wrong("member \"" + key + "\" is missing");
        }
        return value;
    }

    String text(String key) {
        return member(key) instanceof String text ? text : fail(key);
    }

    long number(String key) {
        return member(key) instanceof Long number ? number : Long.parseLong(fail(key));
    }

    boolean flag(String key) {
        return member(key) instanceof Boolean flag ? flag : Boolean.parseBoolean(fail(key));
    }

    List<?> list(String key) {
        return member(key) instanceof List<?> list ? list : List.of(fail(key));
    }

    JsonObject object(String key) {
        return of(member(key));
    }

    /** The numbers of an array. */
    List<Integer> integers(String key) {
        return list(key).stream()
                .map(e -> e instanceof Long number ? Math.toIntExact(number) : Integer.parseInt(fail(key)))
                .toList();
    }

    private static String fail(String key) {
        throw wrong("member \"" + key + "\" has another type");
    }

    static ThalwegException wrong(String what) {
        return new ThalwegException(ErrorCode.DATA_CORRUPTED, "damaged stored plan: " + what);
    }
}
