package io.thalweg.jdbc.metadata;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of names as metadata methods take it: {@code %} stands for any characters, {@code _} for one, and a backslash
 * makes the next character stand for itself. Null matches all names.
 */
public final class NamePattern {
    private final @Nullable String pattern;

    public NamePattern(@Nullable String pattern) {
        this.pattern = pattern;
    }

    public boolean matches(String name) {
        return pattern == null || matches(pattern, name);
    }

    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        // Where to go on when the rest does not match: the last % takes one character more.
        int lastPercent = -1;
        int takenUpTo = 0;
        while (n < name.length() || p < pattern.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                lastPercent = ++p;
                takenUpTo = n;
            } else if (p < pattern.length() && n < name.length() && matchesOne(pattern, p, name.charAt(n))) {
                p += isEscape(pattern, p) ? 2 : 1;
                n++;
            } else if (lastPercent >= 0 && takenUpTo < name.length()) {
                p = lastPercent;
                n = ++takenUpTo;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(String pattern, int index, char actual) {
        char wanted = pattern.charAt(index);
        if (isEscape(pattern, index)) {
            return pattern.charAt(index + 1) == actual;
        }
        return wanted == '_' || wanted == actual;
    }

    private static boolean isEscape(String pattern, int index) {
        return pattern.charAt(index) == '\\' && index + 1 < pattern.length();
    }
}
