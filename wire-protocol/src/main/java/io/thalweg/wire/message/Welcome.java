package io.thalweg.wire.message;

import java.util.Map;

/**
 * The answer to {@link Hello}. From here on large frames are allowed.
 *
 * @param version the version of the protocol that both sides now speak, at most the client's
 * @param sessionId what {@code SYS} tables call this connection
 * @param properties {@code schema}, {@code timeZone} and what else the session starts with
 */
public record Welcome(int version, String serverVersion, long sessionId, Map<String, String> properties)
        implements ServerMessage {
    public Welcome {
        properties = Map.copyOf(properties);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWelcome(this);
    }
}
