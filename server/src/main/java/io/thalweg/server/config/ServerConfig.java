package io.thalweg.server.config;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checked values of {@link ServerOptions}.
 *
 * @param files beneath which COPY reads and writes files; none if it may not
 * @param functions where the jars of functions are; none if there are no such functions
 * @param hosts the addresses to listen on
 */
public record ServerConfig(
        Path data,
        Optional<Path> files,
        Optional<Path> functions,
        List<String> hosts,
        int port,
        int maxConnections,
        int maxQueries,
        long queryMemoryBytes,
        long segmentBytes) {
    public ServerConfig {
        hosts = List.copyOf(hosts);
    }

    /** The defaults, and what is said instead; throws if an option does not exist or is outside its range. */
    public static ServerConfig of(Map<String, String> said) {
        for (String name : said.keySet()) {
            if (!ServerOptions.names().contains(name)) {
                throw new ThalwegException(ErrorCode.UNDEFINED_OPTION, "option " + name + " does not exist")
                        .withHint("Options: " + String.join(", ", ServerOptions.names()) + ".");
            }
        }
        return new ServerConfig(
                value(ServerOptions.DATA, said),
                value(ServerOptions.FILES, said),
                value(ServerOptions.FUNCTIONS, said),
                value(ServerOptions.HOST, said),
                value(ServerOptions.PORT, said),
                value(ServerOptions.MAX_CONNECTIONS, said),
                value(ServerOptions.MAX_QUERIES, said),
                value(ServerOptions.QUERY_MEMORY, said),
                value(ServerOptions.SEGMENT_SIZE, said));
    }

    private static <T> T value(ConfigOption<T> option, Map<String, String> said) {
        return option.read(said.getOrDefault(option.name(), option.defaultValue()));
    }

    /** Name, value, default, range and sentence of each option. */
    public List<List<String>> describe() {
        Map<String, String> values = asText();
        return ServerOptions.all().stream()
                .map(option -> List.of(
                        option.name(),
                        values.getOrDefault(option.name(), ""),
                        option.defaultValue(),
                        option.range(),
                        option.sentence()))
                .toList();
    }

    /** The values as a user would write them, by the names of the options. */
    private Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        text.put(ServerOptions.DATA.name(), data.toString());
        text.put(ServerOptions.FILES.name(), files.map(Path::toString).orElse(""));
        text.put(ServerOptions.FUNCTIONS.name(), functions.map(Path::toString).orElse(""));
        text.put(ServerOptions.HOST.name(), String.join(",", hosts));
        text.put(ServerOptions.PORT.name(), String.valueOf(port));
        text.put(ServerOptions.MAX_CONNECTIONS.name(), String.valueOf(maxConnections));
        text.put(ServerOptions.MAX_QUERIES.name(), String.valueOf(maxQueries));
        text.put(ServerOptions.QUERY_MEMORY.name(), ByteSize.format(queryMemoryBytes));
        text.put(ServerOptions.SEGMENT_SIZE.name(), ByteSize.format(segmentBytes));
        return text;
    }
}
