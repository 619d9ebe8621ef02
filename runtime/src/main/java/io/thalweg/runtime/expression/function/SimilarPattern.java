package io.thalweg.runtime.expression.function;

/** Patterns of SIMILAR TO as regular expressions: % is any text, _ any character, and what SQL does not name is itself. */
final class SimilarPattern {
    private static final String SAME_IN_BOTH = "|*+?{}()[]^-";
    private static final String SPECIAL_IN_REGEX = ".$\\";

    private SimilarPattern() {}

    /** @param escape the code point that takes the meaning from the next; -1 if there is none */
    static String toRegex(String pattern, int escape) {
        StringBuilder regex = new StringBuilder();
        boolean inSet = false;
        for (int i = 0; i < pattern.length(); ) {
            int next = pattern.codePointAt(i);
            i += Character.charCount(next);
            if (next == escape) {
                if (i >= pattern.length()) {
                    throw EvaluationErrors.argument("a pattern of SIMILAR TO ends with its escape character");
                }
                int literal = pattern.codePointAt(i);
                i += Character.charCount(literal);
                regex.append(Character.isLetterOrDigit(literal) ? "" : "\\").appendCodePoint(literal);
            } else if (next == '%' && !inSet) {
                regex.append(".*");
            } else if (next == '_' && !inSet) {
                regex.append('.');
            } else {
                inSet = next == '[' || (inSet && next != ']');
                boolean outsideOnly = !inSet && (next == '^' || next == '-');
                boolean special = SPECIAL_IN_REGEX.indexOf(next) >= 0 || outsideOnly;
                regex.append(special && SAME_IN_BOTH.indexOf(next) < 0 || outsideOnly ? "\\" : "")
                        .appendCodePoint(next);
            }
        }
        return regex.toString();
    }
}
