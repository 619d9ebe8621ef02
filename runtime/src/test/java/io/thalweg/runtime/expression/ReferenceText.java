package io.thalweg.runtime.expression;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.runtime.expression.ReferenceEvaluator.Failure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Functions of text of the {@link ReferenceEvaluator}. */
final class ReferenceText {
    private ReferenceText() {}

    static Object apply(FunctionCall call, List<Object> values) {
        String text = values.get(0) instanceof String first ? first : "";
        return switch (call.function()) {
            case CONCATENATE ->
                String.join("", values.stream().map(String.class::cast).toList());
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case CHARACTER_LENGTH -> (long) length(text);
            case OCTET_LENGTH -> (long) text.getBytes(StandardCharsets.UTF_8).length;
            case SUBSTRING ->
                values.size() == 2
                        ? part(text, number(values, 1), Integer.MAX_VALUE)
                        : substring(text, number(values, 1), number(values, 2));
            case POSITION -> (long) position(text, (String) values.get(1));
            case TRIM_BOTH -> trimmed(text, (String) values.get(1), true, true);
            case TRIM_LEADING -> trimmed(text, (String) values.get(1), true, false);
            case TRIM_TRAILING -> trimmed(text, (String) values.get(1), false, true);
            case REPLACE ->
                ((String) values.get(1)).isEmpty()
                        ? text
                        : text.replace((String) values.get(1), (String) values.get(2));
            case LEFT -> part(text, 1, 1 + Math.max(0, number(values, 1)));
            case RIGHT -> part(text, length(text) - Math.max(0, number(values, 1)) + 1, Integer.MAX_VALUE);
            case REVERSE -> new StringBuilder(text).reverse().toString();
            case REPEAT -> text.repeat((int) Math.max(0, number(values, 1)));
            case PAD_LEFT -> padded(text, number(values, 1), (String) values.get(2), true);
            case PAD_RIGHT -> padded(text, number(values, 1), (String) values.get(2), false);
            case STARTS_WITH -> text.startsWith((String) values.get(1));
            case ENDS_WITH -> text.endsWith((String) values.get(1));
            case CONTAINS -> text.contains((String) values.get(1));
            case SPLIT_PART -> splitPart(text, (String) values.get(1), number(values, 2));
            case SPLIT_INDEX -> splitIndex(text, (String) values.get(1), number(values, 2));
            case LIKE -> like(text, (String) values.get(1));
            case LIKE_IGNORE_CASE ->
                like(text.toLowerCase(Locale.ROOT), ((String) values.get(1)).toLowerCase(Locale.ROOT));
            case HEXADECIMAL ->
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(
                                values.get(0) instanceof byte[] bytes ? bytes : text.getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException(call.function() + " has no reference");
        };
    }

    private static long number(List<Object> values, int index) {
        return (Long) values.get(index);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The characters from a position (from 1) to another, exclusive. */
    private static String part(String text, long from, long to) {
        StringBuilder result = new StringBuilder();
        int[] characters = text.codePoints().toArray();
        for (int i = 1; i <= characters.length; i++) {
            if (i >= from && i < to) {
                result.appendCodePoint(characters[i - 1]);
            }
        }
        return result.toString();
    }

    private static String substring(String text, long from, long length) {
        if (length < 0) {
            throw new Failure(ErrorCode.ARGUMENT_OUT_OF_RANGE);
        }
        return part(text, from, from + length);
    }

    private static int position(String search, String text) {
        int index = text.indexOf(search);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    private static String trimmed(String text, String characters, boolean leading, boolean trailing) {
        String result = text;
        while (leading && !result.isEmpty() && characters.indexOf(result.codePointAt(0)) >= 0) {
            result = result.substring(Character.charCount(result.codePointAt(0)));
        }
        while (trailing && !result.isEmpty() && characters.indexOf(result.codePointBefore(result.length())) >= 0) {
            result =
                    result.substring(0, result.length() - Character.charCount(result.codePointBefore(result.length())));
        }
        return result;
    }

    private static String padded(String text, long length, String padding, boolean left) {
        int missing = (int) length - length(text);
        if (missing <= 0 || padding.isEmpty()) {
            return part(text, 1, 1 + Math.max(0, length));
        }
        String all = part(padding.repeat(missing), 1, 1 + missing);
        return left ? all + text : text + all;
    }

    private static String splitPart(String text, String separator, long number) {
        if (number == 0) {
            throw new Failure(ErrorCode.ARGUMENT_OUT_OF_RANGE);
        }
        String[] parts = separator.isEmpty() ? new String[] {text} : text.split(Pattern.quote(separator), -1);
        long index = number > 0 ? number - 1 : parts.length + number;
        return index < 0 || index >= parts.length ? "" : parts[(int) index];
    }

    private static String splitIndex(String text, String separator, long index) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = separator.isEmpty() ? new String[] {text} : text.split(Pattern.quote(separator), -1);
        return index < 0 || index >= parts.length ? null : parts[(int) index];
    }

    private static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints()
                .forEach(next ->
                        regex.append(next == '%' ? ".*" : next == '_' ? "." : Pattern.quote(Character.toString(next))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
