package io.thalweg.runtime.expression.compiler;

/** Fills patterns of Java source. Unlike String.format it never depends on the locale of the process. */
final class SourceText {
    private SourceText() {}

    /** The pattern with the arguments in place of {@code %s} and {@code %d}, and a line end in place of {@code %n}. */
    static String format(String pattern, Object... arguments) {
        StringBuilder text = new StringBuilder(pattern.length() + 16 * arguments.length);
        int next = 0;
        int from = 0;
        for (int at = pattern.indexOf('%'); at >= 0; at = pattern.indexOf('%', from)) {
            text.append(pattern, from, at);
            if (pattern.charAt(at + 1) == 'n') {
                text.append('\n');
            } else {
                text.append(arguments[next++]);
            }
            from = at + 2;
        }
        return text.append(pattern, from, pattern.length()).toString();
    }
}
