package io.thalweg.runtime.expression.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.thalweg.model.nested.NestedWriter;
import java.util.Arrays;

/**
 * One call of a function of regular expressions. The pattern is compiled when it differs from the one of the row before;
 * matching takes time in proportion to the text whatever the pattern is, since nothing is ever tried twice.
 */
public final class RegexMatcher {
    private static final int MAX_PATTERN_LENGTH = 10_000;

    private final boolean isSimilar;
    private byte[] source = {};
    private byte[] escape = {};
    private Pattern pattern = Pattern.compile("");
    private boolean isPrepared;
    private final NestedWriter parts = new NestedWriter();

    /** @param isSimilar whether patterns are those of SIMILAR TO */
    public RegexMatcher(boolean isSimilar) {
        this.isSimilar = isSimilar;
    }

    /** Takes the pattern of the row. */
    public RegexMatcher prepare(Slice text) {
        if (!isPrepared || !isSame(text, source) || escape.length != 0) {
            escape = new byte[0];
            compile(text, -1);
        }
        return this;
    }

    /** Takes the pattern of the row with its escape character. */
    public RegexMatcher prepare(Slice text, Slice escapeText) {
        if (!isPrepared || !isSame(text, source) || !isSame(escapeText, escape)) {
            String character = escapeText.text();
            if (character.codePointCount(0, character.length()) != 1) {
                throw EvaluationErrors.argument("an escape of SIMILAR TO is not one character");
            }
            escape = escapeText.bytes();
            compile(text, character.codePointAt(0));
        }
        return this;
    }

    private static boolean isSame(Slice text, byte[] bytes) {
        return Arrays.equals(text.data, text.start, text.start + text.length, bytes, 0, bytes.length);
    }

    private void compile(Slice text, int escapeCharacter) {
        if (text.length > MAX_PATTERN_LENGTH) {
            throw EvaluationErrors.argument("a regular expression is longer than " + MAX_PATTERN_LENGTH + " bytes");
        }
        String written = text.text();
        try {
            pattern = isSimilar
                    ? Pattern.compile(SimilarPattern.toRegex(written, escapeCharacter), Pattern.DOTALL)
                    : Pattern.compile(written);
        } catch (PatternSyntaxException e) {
            throw EvaluationErrors.argument(
                    EvaluationErrors.quoted(written) + " is not a regular expression: " + e.getDescription());
        }
        source = text.bytes();
        isPrepared = true;
    }

    /** Whether a part of the text matches; of SIMILAR TO, the whole. */
    public boolean matches(Slice text) {
        Matcher matcher = pattern.matcher(text.bytes());
        return isSimilar ? matcher.matches() : matcher.find();
    }

    /** How many matches there are that do not overlap. */
    public int count(Slice text) {
        Matcher matcher = pattern.matcher(text.bytes());
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    /** Where the first match begins, counted from 1 in characters; 0 if there is none. */
    public int position(Slice text) {
        Matcher matcher = pattern.matcher(text.bytes());
        return matcher.find() ? Utf8.count(text.data, text.start, text.start + matcher.start()) + 1 : 0;
    }

    /** A group of each match, as an array; NULL where the group takes no part in it. */
    public void extractAll(Slice text, int group, Slice result) {
        Matcher matcher = pattern.matcher(text.bytes());
        checkGroup(matcher, group);
        parts.begin();
        while (matcher.find()) {
            if (matcher.start(group) < 0) {
                parts.appendNull();
            } else {
                parts.appendBytes(
                        text.data, text.start + matcher.start(group), matcher.end(group) - matcher.start(group));
            }
        }
        finishParts(result);
    }

    /** What is between the matches, as an array; where nothing is matched there is no cut. */
    public void split(Slice text, Slice result) {
        Matcher matcher = pattern.matcher(text.bytes());
        parts.begin();
        int from = 0;
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                parts.appendBytes(text.data, text.start + from, matcher.start() - from);
                from = matcher.end();
            }
        }
        parts.appendBytes(text.data, text.start + from, text.length - from);
        finishParts(result);
    }

    private void finishParts(Slice result) {
        parts.endArray();
        result.setPassing(parts.data(), parts.length());
    }

    private static void checkGroup(Matcher matcher, int group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw EvaluationErrors.argument("the regular expression has no group " + group);
        }
    }

    /** The part of the text that a group of the first match takes; false if there is none. */
    public boolean extract(Slice text, int group, Slice result) {
        Matcher matcher = pattern.matcher(text.bytes());
        checkGroup(matcher, group);
        if (!matcher.find() || matcher.start(group) < 0) {
            return false;
        }
        result.setWithin(text, text.start + matcher.start(group), matcher.end(group) - matcher.start(group));
        return true;
    }

    /** Puts the replacement in the place of each match. */
    public void replace(Slice text, Slice replacement, Slice result) {
        Matcher matcher = pattern.matcher(text.bytes());
        if (!matcher.find()) {
            result.setWithin(text, text.start, text.length);
            return;
        }
        StringBuilder replaced = new StringBuilder();
        String whole = text.text();
        matcher = pattern.matcher(whole);
        String written = replacement.text();
        int from = 0;
        while (matcher.find()) {
            replaced.append(whole, from, matcher.start());
            appendReplacement(matcher, written, replaced);
            from = matcher.end();
        }
        result.setText(replaced.append(whole, from, whole.length()).toString());
        if (result.length > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(result.length);
        }
    }

    private static void appendReplacement(Matcher matcher, String replacement, StringBuilder out) {
        for (int i = 0; i < replacement.length(); i++) {
            char next = replacement.charAt(i);
            boolean special = (next == '$' || next == '\\') && i + 1 < replacement.length();
            if (!special) {
                out.append(next);
                continue;
            }
            char selector = replacement.charAt(++i);
            if (selector < '0' || selector > '9') {
                // An escaped character stands for itself; a dollar before anything else does, too.
                out.append(next == '$' ? "$" : "").append(selector);
                continue;
            }
            int group = selector - '0';
            if (group > matcher.groupCount()) {
                throw EvaluationErrors.argument("the regular expression has no group " + group);
            }
            String value = matcher.group(group);
            out.append(value == null ? "" : value);
        }
        if (out.length() > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(out.length());
        }
    }
}
