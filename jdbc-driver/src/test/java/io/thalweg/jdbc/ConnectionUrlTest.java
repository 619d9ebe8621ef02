package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.jdbc.client.ConnectionConfig;
import io.thalweg.jdbc.client.ConnectionUrl;
import io.thalweg.jdbc.client.Endpoint;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionUrlTest {
    @Test
    void serversAreHostAndPort() {
        assertEquals(new Endpoint.Server("localhost", 7400), endpoint("jdbc:thalweg://localhost"));
        assertEquals(new Endpoint.Server("localhost", 7400), endpoint("jdbc:thalweg:///"));
        assertEquals(new Endpoint.Server("db.example", 99), endpoint("jdbc:thalweg://db.example:99/?x=1:2"));
        assertEquals(new Endpoint.Server("::1", 7401), endpoint("jdbc:thalweg://[::1]:7401/sys"));
        assertEquals(new Endpoint.Server("::1", 7400), endpoint("jdbc:thalweg://[::1]"));
    }

    @Test
    void enginesAreDirectoriesOrNames() {
        assertEquals(new Endpoint.Memory(Optional.empty()), endpoint("jdbc:thalweg:embedded:"));
        assertEquals(new Endpoint.Memory(Optional.empty()), endpoint("jdbc:thalweg:embedded:mem:?a=b"));
        assertEquals(new Endpoint.Memory(Optional.of("x")), endpoint("jdbc:thalweg:embedded:mem:x"));
        assertEquals(
                new Endpoint.Directory(Path.of("data").toAbsolutePath()), endpoint("jdbc:thalweg:embedded:./data/"));
    }

    @Test
    void propertiesOfTheUrlWin() {
        ConnectionConfig config = ConnectionUrl.parse(
                "jdbc:thalweg://h/s?a=1%262&b=&streamsAsTables=false", Map.of("a", "0", "c", "3", "engine.d", "4"));
        assertEquals(Map.of("a", "1&2", "b", "", "c", "3", "schema", "s"), config.sessionProperties());
        assertEquals(Map.of("d", "4"), config.engineProperties());
        assertFalse(config.streamsAsTables());
        assertEquals("jdbc:thalweg://h/s", config.url());
    }

    @Test
    void faultsAreToldWithoutTheProperties() {
        assertFault("'seven' is not a port", "jdbc:thalweg://h:seven/?password=geheim");
        assertFault("'70000' is not a port", "jdbc:thalweg://h:70000");
        assertFault("more than a schema follows the host", "jdbc:thalweg://h/a/b");
        assertFault("neither // nor embedded: follows jdbc:thalweg:", "jdbc:thalweg:h");
        assertFault("a property has no name or no value", "jdbc:thalweg://h/?password");
        assertFault("a part of it is not percent-encoded text", "jdbc:thalweg://h/?password=%g");
    }

    private static void assertFault(String reason, String url) {
        ThalwegException error = assertThrows(ThalwegException.class, () -> endpoint(url));
        String shown = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
        assertEquals("URL '" + shown + "' cannot be used: " + reason, error.message());
    }

    private static Endpoint endpoint(String url) {
        return ConnectionUrl.parse(url, Map.of()).endpoint();
    }
}
