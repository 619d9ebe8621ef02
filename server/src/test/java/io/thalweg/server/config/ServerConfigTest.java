package io.thalweg.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
    @Test
    void hasDefaults() {
        ServerConfig config = ServerConfig.of(Map.of());
        assertEquals(7_400, config.port());
        assertEquals(List.of("127.0.0.1"), config.hosts());
        assertEquals(256 << 20, config.segmentBytes());
    }

    @Test
    void readsAFileAsItReadsTheCommandLine(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("thalweg.properties"), "# ours\nport = 0\nhost=localhost\n");
        ServerConfig config = ServerConfig.of(ConfigFile.read(file));
        assertEquals(0, config.port());
        assertEquals(List.of("127.0.0.1", "::1"), config.hosts());
    }

    @Test
    void whatItShowsCanBeSaid() {
        ServerConfig config = ServerConfig.of(Map.of("segment-size", "64MB", "host", "localhost"));
        Map<String, String> said = new TreeMap<>();
        config.describe().forEach(option -> said.put(option.get(0), option.get(1)));
        assertEquals(config, ServerConfig.of(said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port|65536|option port cannot be 65536|Possible: 0 to 65535.",
                "port|abc|option port cannot be abc|Possible: 0 to 65535.",
                "host|0.0.0.0|option host cannot be 0.0.0.0|Possible: 127.0.0.1, ::1, or localhost for both.",
                "segment-size|1 KB|option segment-size cannot be 1 KB|Possible: 1 MiB to 1 GiB.",
                "segment-size|99999999999 TB|option segment-size cannot be 99999999999 TB|Possible: 1 MiB to 1 GiB.",
            })
    void saysWhatIsPossible(String name, String value, String message, String hint) {
        ThalwegException failure = assertThrows(ThalwegException.class, () -> ServerConfig.of(Map.of(name, value)));
        assertEquals(message, failure.message());
        assertEquals(hint, failure.hint().orElseThrow());
    }

    @Test
    void doesNotIgnoreWhatItDoesNotKnow() {
        ThalwegException failure = assertThrows(ThalwegException.class, () -> ServerConfig.of(Map.of("prot", "1")));
        assertEquals("option prot does not exist", failure.message());
    }
}
