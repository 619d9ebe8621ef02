package io.thalweg.wire.message;

import java.util.List;

/**
 * A query has ended well; its identifier is free again.
 *
 * @param updateCount rows that were inserted, updated or deleted; {@link #NO_COUNT} if the statement does not count
 * @param info what was done, for people: {@code created stream flights}; may be empty
 */
public record Completed(long queryId, long updateCount, String info, List<String> warnings) implements ServerMessage {
    /** The update count of a statement that changes no rows. */
    public static final long NO_COUNT = -1;

    public Completed {
        warnings = List.copyOf(warnings);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCompleted(this);
    }
}
