package io.thalweg.runtime.expression.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path of the SQL standard into JSON: {@code lax} or {@code strict}, then {@code $}, then members {@code .name},
 * {@code ."name"}, {@code .*} and elements {@code [0]}, {@code [1, 2 to last]}, {@code [*]}. In lax mode an array stands for its
 * elements where a member is asked for, a value for an array of it where an element is, and what is not there is left out; in
 * strict mode all of this is an error.
 */
public final class JsonPath {
    private static final int LAST = Integer.MAX_VALUE;

    private final boolean strict;
    private final List<Step> steps;

    /** What a part of a path asks for. */
    private enum Wanted {
        MEMBER,
        ALL_MEMBERS,
        ELEMENTS,
        ALL_ELEMENTS
    }

    /** One part of a path, with the name of a member or the ranges of elements. */
    private record Step(Wanted wanted, byte[] name, List<int[]> ranges) {
        boolean asksForMembers() {
            return wanted == Wanted.MEMBER || wanted == Wanted.ALL_MEMBERS;
        }
    }

    private JsonPath(boolean strict, List<Step> steps) {
        this.strict = strict;
        this.steps = List.copyOf(steps);
    }

    /** The path of a text; throws ARGUMENT_OUT_OF_RANGE if it is none. */
    public static JsonPath parse(String text) {
        return new Parser(text).path();
    }

    /** Where values are that a path leads to; an error of strict mode has no values. */
    static final class Matches {
        private int[] starts = new int[4];
        private int count;
        private boolean failed;

        int count() {
            return count;
        }

        boolean failed() {
            return failed;
        }

        int start(int index) {
            return starts[index];
        }

        private void add(int start) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = start;
        }
    }

    /** The values that the path leads to from the one at an index. */
    Matches find(JsonText json, int start) {
        Matches matches = new Matches();
        matches.add(start);
        for (Step step : steps) {
            Matches next = new Matches();
            for (int i = 0; i < matches.count; i++) {
                if (step.asksForMembers()) {
                    members(json, matches.start(i), step, next, true);
                } else {
                    elements(json, matches.start(i), step, next);
                }
            }
            if (next.failed) {
                next.count = 0;
                return next;
            }
            matches = next;
        }
        return matches;
    }

    private void members(JsonText json, int value, Step step, Matches found, boolean unwraps) {
        if (json.at(value) == '[' && !strict && unwraps) {
            for (int at = json.firstMember(value); at >= 0; at = json.nextMember(json.behind(at))) {
                members(json, at, step, found, false);
            }
            return;
        }
        if (json.at(value) != '{') {
            found.failed |= strict;
            return;
        }
        int match = -1;
        for (int at = json.firstMember(value); at >= 0; ) {
            int member = json.valueOf(at);
            if (step.wanted == Wanted.ALL_MEMBERS) {
                found.add(member);
            } else if (json.isString(at, step.name)) {
                match = member;
            }
            at = json.nextMember(json.behind(member));
        }
        if (match >= 0) {
            found.add(match);
        } else {
            found.failed |= strict && step.wanted == Wanted.MEMBER;
        }
    }

    private void elements(JsonText json, int value, Step step, Matches found) {
        if (json.at(value) != '[') {
            found.failed |= strict;
            boolean first = step.wanted == Wanted.ALL_ELEMENTS
                    || step.ranges.stream().anyMatch(r -> (r[0] == 0 || r[0] == LAST) && r[1] >= 0);
            if (!strict && first) {
                found.add(value);
            }
            return;
        }
        Matches all = new Matches();
        for (int at = json.firstMember(value); at >= 0; at = json.nextMember(json.behind(at))) {
            all.add(at);
        }
        if (step.wanted == Wanted.ALL_ELEMENTS) {
            for (int i = 0; i < all.count; i++) {
                found.add(all.start(i));
            }
        }
        for (int[] range : step.ranges) {
            int from = range[0] == LAST ? all.count - 1 : range[0];
            int to = range[1] == LAST ? all.count - 1 : range[1];
            found.failed |= strict && (from < 0 || from > to || to >= all.count);
            for (int i = Math.max(from, 0); i <= Math.min(to, all.count - 1); i++) {
                found.add(all.start(i));
            }
        }
    }

    /** Reads a path from left to right. */
    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        JsonPath path() {
            boolean strict = word("strict");
            if (!strict) {
                word("lax");
            }
            expect('$');
            List<Step> steps = new ArrayList<>();
            while (skipSpace() < text.length()) {
                if (take('.')) {
                    steps.add(member());
                } else {
                    expect('[');
                    steps.add(elements());
                }
            }
            return new JsonPath(strict, steps);
        }

        private Step member() {
            skipSpace();
            if (take('*')) {
                return new Step(Wanted.ALL_MEMBERS, new byte[0], List.of());
            }
            String name = take('"') ? quoted() : plain();
            return new Step(Wanted.MEMBER, name.getBytes(StandardCharsets.UTF_8), List.of());
        }

        private String quoted() {
            StringBuilder name = new StringBuilder();
            while (position < text.length() && text.charAt(position) != '"') {
                position += text.charAt(position) == '\\' ? 1 : 0;
                if (position < text.length()) {
                    name.append(text.charAt(position++));
                }
            }
            expect('"');
            return name.toString();
        }

        private String plain() {
            int start = position;
            while (position < text.length() && isNamePart(text.charAt(position))) {
                position++;
            }
            if (start == position) {
                throw wrong();
            }
            return text.substring(start, position);
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '-' || Character.isSurrogate(c);
        }

        private Step elements() {
            List<int[]> ranges = new ArrayList<>();
            skipSpace();
            if (!take('*')) {
                do {
                    int from = index();
                    ranges.add(new int[] {from, word("to") ? index() : from});
                    skipSpace();
                } while (take(','));
            }
            expect(']');
            return new Step(ranges.isEmpty() ? Wanted.ALL_ELEMENTS : Wanted.ELEMENTS, new byte[0], ranges);
        }

        private int index() {
            if (word("last")) {
                return LAST;
            }
            int start = skipSpace();
            while (position < text.length() && Character.isDigit(text.charAt(position))) {
                position++;
            }
            if (start == position || position - start > 9) {
                throw wrong();
            }
            return Integer.parseInt(text.substring(start, position));
        }

        private int skipSpace() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
            return position;
        }

        private boolean word(String word) {
            boolean there = text.startsWith(word, skipSpace());
            position += there ? word.length() : 0;
            return there;
        }

        private boolean take(char c) {
            boolean there = position < text.length() && text.charAt(position) == c;
            position += there ? 1 : 0;
            return there;
        }

        private void expect(char c) {
            skipSpace();
            if (!take(c)) {
                throw wrong();
            }
        }

        private ThalwegException wrong() {
            return new ThalwegException(
                            ErrorCode.ARGUMENT_OUT_OF_RANGE,
                            "text '" + text + "' is not a JSON path at character " + (position + 1))
                    .withHint(
                            "A path is $, followed by .name, .*, [0], [0 to last] or [*]; lax or strict may stand before it.");
        }
    }
}
