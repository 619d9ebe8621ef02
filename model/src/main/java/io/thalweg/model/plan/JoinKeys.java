package io.thalweg.model.plan;

import java.util.List;

/**
 * The columns whose values two rows must share to be joined.
 *
 * @param left columns of the left input
 * @param right columns of the right input, equal in number and type
 */
public record JoinKeys(List<Integer> left, List<Integer> right) {
    public JoinKeys {
        left = List.copyOf(left);
        right = List.copyOf(right);
        if (left.size() != right.size()) {
            throw new IllegalArgumentException(left.size() + " left keys and " + right.size() + " right keys");
        }
    }
}
