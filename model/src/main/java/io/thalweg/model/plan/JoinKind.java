package io.thalweg.model.plan;

/** What a join makes of the pairs of rows that match, and of the rows that match nothing. */
public enum JoinKind {
    /** Every pair. */
    INNER(true, false, false),
    /** Every pair, and each left row without a partner, with NULL in the right columns. */
    LEFT(true, true, false),
    /** Every pair, and each right row without a partner, with NULL in the left columns. */
    RIGHT(true, false, true),
    /** Every pair, and the rows of both sides that have no partner. */
    FULL(true, true, true),
    /** Each left row that has a partner, once for each time that it is there itself. */
    SEMI(false, false, false),
    /** Each left row that has no partner. */
    ANTI(false, true, false),
    /** Each left row, with a BOOLEAN column behind it that tells whether it has a partner. */
    MARK(false, true, false),
    /** As {@link #LEFT}, but a left row with more than one partner is an error. */
    SINGLE(true, true, false);

    private final boolean emitsPairs;
    private final boolean keepsUnmatchedLeft;
    private final boolean keepsUnmatchedRight;

    JoinKind(boolean emitsPairs, boolean keepsUnmatchedLeft, boolean keepsUnmatchedRight) {
        this.emitsPairs = emitsPairs;
        this.keepsUnmatchedLeft = keepsUnmatchedLeft;
        this.keepsUnmatchedRight = keepsUnmatchedRight;
    }

    /** Whether the result has the columns of both sides; otherwise it has those of the left side, maybe with a mark. */
    public boolean emitsPairs() {
        return emitsPairs;
    }

    /** Whether left rows without a partner are in the result. */
    public boolean keepsUnmatchedLeft() {
        return keepsUnmatchedLeft;
    }

    /** Whether right rows without a partner are in the result. */
    public boolean keepsUnmatchedRight() {
        return keepsUnmatchedRight;
    }

    /** Whether a new row of either side can take a row of the result back. */
    public boolean retracts() {
        return keepsUnmatchedLeft || keepsUnmatchedRight;
    }
}
