package io.thalweg.model.plan;

import java.util.Optional;

/**
 * When the rows of a join's inputs need not be remembered any more, because the other input can bring no partner for them and
 * take none away. A row with NULL in the column has no partner at all.
 *
 * @param left over the columns of the left input; absent if its rows stay for ever
 * @param right the same over the columns of the right input
 */
public record JoinRelease(Optional<CloseTime> left, Optional<CloseTime> right) {
    /** Rows of both sides stay for ever. */
    public static final JoinRelease NEVER = new JoinRelease(Optional.empty(), Optional.empty());
}
