package io.thalweg.server.session;

import java.util.Locale;

/** The pattern of SHOW … LIKE: % stands for any characters, _ for one. Case matters not, since names are folded. */
final class LikePattern {
    private final String pattern;

    LikePattern(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
    }

    /** Whether a name matches; takes time in proportion to the product of both lengths at most. */
    boolean matches(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        int position = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (position < text.length()) {
            boolean more = next < pattern.length();
            if (more && pattern.charAt(next) == '%') {
                star = next++;
                resume = position;
            } else if (more && (pattern.charAt(next) == '_' || pattern.charAt(next) == text.charAt(position))) {
                next++;
                position++;
            } else if (star >= 0) {
                next = star + 1;
                position = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '%') {
            next++;
        }
        return next == pattern.length();
    }
}
