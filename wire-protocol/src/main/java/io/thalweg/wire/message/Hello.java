package io.thalweg.wire.message;

import java.util.Map;

/**
 * The first message of a connection; nothing else is sent until the {@link Welcome} has come.
 *
 * @param version the highest version of the protocol that the client speaks
 * @param clientName program and version, for {@code SYS} tables and logs: {@code thalweg-jdbc 0.1.0}
 * @param properties {@code user} and {@code password} where the server wants them, {@code schema}, {@code timeZone}, and
 *     any session variable that SQL SET knows
 */
public record Hello(int version, String clientName, Map<String, String> properties) implements ClientMessage {
    public Hello {
        properties = Map.copyOf(properties);
    }

    /** Without the properties, since a password may be among them. */
    @Override
    public String toString() {
        return "Hello[version=" + version + ", clientName=" + clientName + "]";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitHello(this);
    }
}
