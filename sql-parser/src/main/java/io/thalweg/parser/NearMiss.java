package io.thalweg.parser;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that someone meant who wrote a slightly different one. */
final class NearMiss {
    private static final int LONGEST_SHORT_WORD = 4;

    private NearMiss() {}

    /** The nearest of the candidates, if it is near: one slip in a short word, two in a long one. */
    static Optional<String> nearest(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(written, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String written, String candidate) {
        int allowed = candidate.length() <= LONGEST_SHORT_WORD ? 1 : 2;
        return Math.abs(written.length() - candidate.length()) <= allowed && distance(written, candidate) <= allowed;
    }

    /**
     * The number of letters to insert, leave out, replace or swap with their neighbour to turn one word into the
     * other.
     */
    static int distance(String from, String to) {
        int[][] distances = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            distances[i][0] = i;
        }
        for (int j = 0; j <= to.length(); j++) {
            distances[0][j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) {
                int replaced = distances[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                int shorter = Math.min(distances[i - 1][j], distances[i][j - 1]) + 1;
                distances[i][j] = Math.min(replaced, shorter);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
                }
            }
        }
        return distances[from.length()][to.length()];
    }
}
