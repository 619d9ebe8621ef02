package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A template for times such as {@code YYYY-MM-DD HH24:MI:SS}, as TO_CHAR of PostgreSQL and Oracle has it. It is written in
 * terms of patterns of DATE_FORMAT, and of other functions where a pattern cannot say what the template does: names padded
 * to their longest, or in upper case.
 */
final class DateTimeTemplate {
    /** What a pattern of DATE_FORMAT has for a word of the template; behind the bar, what it has after FM. */
    private static final Map<String, String> PATTERNS = Map.ofEntries(
            Map.entry("YYYY", "yyyy|y"),
            Map.entry("YY", "yy|yy"),
            Map.entry("MM", "MM|M"),
            Map.entry("DDD", "DDD|D"),
            Map.entry("DD", "dd|d"),
            Map.entry("HH24", "HH|H"),
            Map.entry("HH12", "hh|h"),
            Map.entry("HH", "hh|h"),
            Map.entry("MI", "mm|m"),
            Map.entry("SS", "ss|s"),
            Map.entry("MS", "SSS|SSS"),
            Map.entry("US", "SSSSSS|SSSSSS"),
            Map.entry("FF1", "S|S"),
            Map.entry("FF2", "SS|SS"),
            Map.entry("FF3", "SSS|SSS"),
            Map.entry("FF4", "SSSS|SSSS"),
            Map.entry("FF5", "SSSSS|SSSSS"),
            Map.entry("FF6", "SSSSSS|SSSSSS"),
            Map.entry("Q", "Q|Q"),
            Map.entry("AM", "a|a"),
            Map.entry("PM", "a|a"),
            Map.entry("MONTH", "MMMM|MMMM"),
            Map.entry("MON", "MMM|MMM"),
            Map.entry("DAY", "EEEE|EEEE"),
            Map.entry("DY", "EEE|EEE"));
    /** Words that a pattern has nothing for, or something else in each country: the field and its number of digits. */
    private static final Map<String, Number> NUMBERS = Map.of(
            "IYYY", new Number("ISOYEAR", 4),
            "IW", new Number("WEEK", 2),
            "ID", new Number("ISODOW", 1),
            "D", new Number("DOW", 1));

    private static final int LONGEST_NAME = 9;
    private static final int LONGEST_WORD = 5;

    private final String template;
    private final List<Piece> pieces = new ArrayList<>();

    private record Number(String field, int digits) {}

    /** How the letters of a name are shown. */
    private enum Letters {
        AS_THEY_ARE,
        UPPER,
        LOWER
    }

    /**
     * A part of the template.
     *
     * @param word in upper case; empty for a literal
     * @param text the pattern, or the literal
     * @param filled whether it is brought to its full length
     */
    private record Piece(String word, String text, Letters letters, boolean filled) {
        boolean isName() {
            return word.equals("MONTH") || word.equals("DAY");
        }

        /** Whether a pattern says the same. */
        boolean isPattern() {
            return !NUMBERS.containsKey(word) && letters == Letters.AS_THEY_ARE && !(isName() && filled);
        }

        String pattern() {
            return word.isEmpty() ? "'" + text.replace("'", "''") + "'" : text;
        }
    }

    private DateTimeTemplate(String template) {
        this.template = template;
    }

    static DateTimeTemplate of(String template) {
        DateTimeTemplate result = new DateTimeTemplate(template);
        result.read();
        return result;
    }

    /** The pattern that reads what a pattern or a template writes; a template is known by its upper-case years or days. */
    static String javaPattern(String text) {
        String plain = text.replaceAll("'[^']*'|\"[^\"]*\"", "");
        if (!plain.contains("YY") && !plain.contains("DD")) {
            DateTimePattern.check(text);
            return text;
        }
        StringBuilder pattern = new StringBuilder();
        for (Piece piece : of(text).pieces) {
            if (NUMBERS.containsKey(piece.word)) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "reading " + piece.word + " of a template is not supported");
            }
            pattern.append(piece.pattern());
        }
        return pattern.toString();
    }

    private void read() {
        int at = 0;
        while (at < template.length()) {
            if (template.charAt(at) == '"') {
                int close = template.indexOf('"', at + 1);
                if (close < 0) {
                    throw malformed("has a quote that is not closed");
                }
                addLiteral(template.substring(at + 1, close));
                at = close + 1;
            } else if (Character.isLetter(template.charAt(at))) {
                at = readWord(at);
            } else {
                addLiteral(template.substring(at, at + 1));
                at++;
            }
        }
    }

    /** Joins it with one before it: two quoted parts of a pattern beside each other would be one with a quote in it. */
    private void addLiteral(String text) {
        String whole = text;
        if (!pieces.isEmpty() && pieces.get(pieces.size() - 1).word.isEmpty()) {
            whole = pieces.remove(pieces.size() - 1).text + text;
        }
        pieces.add(new Piece("", whole, Letters.AS_THEY_ARE, false));
    }

    private int readWord(int from) {
        boolean filled = !template.regionMatches(true, from, "FM", 0, 2);
        int start = filled ? from : from + 2;
        for (int length = Math.min(LONGEST_WORD, template.length() - start); length > 0; length--) {
            String given = template.substring(start, start + length);
            String word = given.toUpperCase(Locale.ROOT);
            String patterns = PATTERNS.get(word);
            if (patterns != null) {
                String[] choices = patterns.split("\\|", -1);
                pieces.add(new Piece(word, choices[filled ? 0 : 1], letters(word, given), filled));
                return start + length;
            }
            if (NUMBERS.containsKey(word)) {
                pieces.add(new Piece(word, word, Letters.AS_THEY_ARE, filled));
                return start + length;
            }
        }
        throw malformed("is not understood from '" + template.substring(from) + "' on");
    }

    /** Names, and what stands for the halves of a day, are written as they are in the template. */
    private static Letters letters(String word, String given) {
        boolean isText = List.of("MONTH", "MON", "DAY", "DY", "AM", "PM").contains(word);
        if (!isText) {
            return Letters.AS_THEY_ARE;
        }
        boolean isHalf = word.length() == 2 && word.endsWith("M");
        if (given.equals(given.toLowerCase(Locale.ROOT))) {
            return Letters.LOWER;
        }
        return !isHalf && given.equals(word) ? Letters.UPPER : Letters.AS_THEY_ARE;
    }

    private ThalwegException malformed(String how) {
        return new ThalwegException(ErrorCode.DATETIME_FORMAT, "template '" + template + "' " + how)
                .withHint("A template looks like 'YYYY-MM-DD HH24:MI:SS'; other letters go into double quotes.");
    }

    /** The time as text. */
    ScalarExpression written(ScalarExpression time) {
        List<ScalarExpression> parts = new ArrayList<>();
        SqlType type = SqlType.VARCHAR.withNullable(time.type().nullable());
        StringBuilder pattern = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.isPattern()) {
                pattern.append(piece.pattern());
                continue;
            }
            if (!pattern.isEmpty()) {
                parts.add(format(time, pattern.toString(), type));
                pattern.setLength(0);
            }
            parts.add(written(piece, time, type));
        }
        if (!pattern.isEmpty() || parts.isEmpty()) {
            parts.add(format(time, pattern.toString(), type));
        }
        return parts.size() == 1 ? parts.get(0) : new FunctionCall(ScalarFunction.CONCATENATE, parts, type);
    }

    private static ScalarExpression format(ScalarExpression time, String pattern, SqlType type) {
        return FunctionCall.of(ScalarFunction.DATE_FORMAT, type, time, Literal.of(pattern));
    }

    private static ScalarExpression written(Piece piece, ScalarExpression time, SqlType type) {
        Number number = NUMBERS.get(piece.word);
        if (number != null) {
            SqlType bigint = SqlType.BIGINT.withNullable(time.type().nullable());
            ScalarExpression field = Coercion.cast(
                    FunctionCall.of(ScalarFunction.EXTRACT, bigint, Literal.of(number.field), time), SqlType.VARCHAR);
            return piece.filled
                    ? FunctionCall.of(ScalarFunction.PAD_LEFT, type, field, Literal.of(number.digits), Literal.of("0"))
                    : field;
        }
        ScalarExpression text = format(time, piece.text, type);
        ScalarExpression shown = switch (piece.letters) {
            case UPPER -> FunctionCall.of(ScalarFunction.UPPER, type, text);
            case LOWER -> FunctionCall.of(ScalarFunction.LOWER, type, text);
            case AS_THEY_ARE -> text;
        };
        return piece.isName() && piece.filled
                ? FunctionCall.of(ScalarFunction.PAD_RIGHT, type, shown, Literal.of(LONGEST_NAME), Literal.of(" "))
                : shown;
    }
}
