package io.thalweg.wire.message;

import java.util.OptionalLong;

/**
 * All rows of the steps up to this one have been sent. Takes no credit, is never sent twice in a row without rows between
 * unless something changed, and may be left out if a later one follows.
 *
 * @param watermarkMicros how far event time is complete in the result: microseconds since 1970-01-01 00:00:00
 * @param resumeToken empty; reserved for continuing a result on another connection
 */
public record Progress(long queryId, long step, OptionalLong watermarkMicros, String resumeToken)
        implements ServerMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitProgress(this);
    }
}
