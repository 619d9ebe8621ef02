package io.thalweg.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All options, in the order of the reference page. */
public final class ServerOptions {
    private static final long GIB = 1L << 30;
    /** Without encryption and passwords, which are not there yet, nobody but this machine may connect. */
    private static final Map<String, List<String>> HOSTS = Map.of(
            "127.0.0.1", List.of("127.0.0.1"),
            "::1", List.of("::1"),
            "localhost", List.of("127.0.0.1", "::1"));

    /** Where the data live. */
    public static final ConfigOption<Path> DATA = new ConfigOption<>(
            "data",
            "data",
            "a directory, made at the first start",
            "Where streams, tables and the catalog are kept. One server at a time uses a directory.",
            Path::of);

    /** What COPY may touch. */
    public static final ConfigOption<Optional<Path>> FILES = new ConfigOption<>(
            "files",
            "",
            "a directory, or nothing",
            "Beneath this directory COPY reads and writes files, and nowhere else; without it COPY is refused. An embedded"
                    + " database takes the directory that its process runs in.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

    /** Where the jars of functions are. */
    public static final ConfigOption<Optional<Path>> FUNCTIONS = new ConfigOption<>(
            "functions",
            "",
            "a directory, or nothing",
            "CREATE FUNCTION takes jars from this directory, and from nowhere else; without it CREATE FUNCTION is refused. Whoever"
                    + " may put a jar there runs code in the server.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

    /** Where the native protocol listens. */
    public static final ConfigOption<List<String>> HOST = new ConfigOption<>(
            "host",
            "127.0.0.1",
            "127.0.0.1, ::1, or localhost for both",
            "The address to listen on. Only addresses of this machine are possible as long as there is no encryption.",
            ServerOptions::loopback);

    /** The port of the native protocol. */
    public static final ConfigOption<Integer> PORT = ConfigOption.integer(
            "port", 7400, 0, 65_535, "The port that drivers and the shell connect to; 0 takes any free one.");

    /** How many clients at once. */
    public static final ConfigOption<Integer> MAX_CONNECTIONS = ConfigOption.integer(
            "max-connections", 1_000, 1, 100_000, "How many clients may be connected at once; the next is refused.");

    /** How many queries at once. */
    public static final ConfigOption<Integer> MAX_QUERIES = ConfigOption.integer(
            "max-queries",
            1_000,
            1,
            100_000,
            "How many queries may run at once, beside materialized views; the next is refused.");

    /** Memory of a query; its default depends on the heap. */
    public static final ConfigOption<Long> QUERY_MEMORY = ConfigOption.bytes(
            "query-memory",
            ByteSize.format(Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 4 >> 20 << 20)),
            1 << 20,
            1024 * GIB,
            "How much memory one query may hold; beyond that it fails. The default is a quarter of the heap.");

    /** Size of the files of the log. */
    public static final ConfigOption<Long> SEGMENT_SIZE = ConfigOption.bytes(
            "segment-size",
            "256 MiB",
            1 << 20,
            GIB,
            "How large a file of a partition grows before the next one is begun.");

    private static final List<ConfigOption<?>> ALL =
            List.of(DATA, FILES, FUNCTIONS, HOST, PORT, MAX_CONNECTIONS, MAX_QUERIES, QUERY_MEMORY, SEGMENT_SIZE);

    private ServerOptions() {}

    /** All options. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /** The names of all options, in alphabetical order. */
    static Set<String> names() {
        return ALL.stream().map(ConfigOption::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> loopback(String text) {
        List<String> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            List<String> known = HOSTS.get(part.strip());
            if (known == null) {
                throw new IllegalArgumentException("not an address of this machine alone");
            }
            known.stream().filter(address -> !addresses.contains(address)).forEach(addresses::add);
        }
        return List.copyOf(addresses);
    }
}
