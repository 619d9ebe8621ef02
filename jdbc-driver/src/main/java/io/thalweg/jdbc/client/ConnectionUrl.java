package io.thalweg.jdbc.client;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.WireLimits;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the URLs of the driver:
 *
 * <pre>
 * jdbc:thalweg://host[:port]/[schema][?name=value&amp;name=value]   a server; IPv6 addresses in brackets
 * jdbc:thalweg:embedded:directory[?...]                         an engine in this process, shared per directory
 * jdbc:thalweg:embedded:mem:name[?...]                          in memory, shared by name, gone with its last connection
 * jdbc:thalweg:embedded:[?...]                                  in memory, of this connection alone
 * </pre>
 *
 * Names and values of properties are percent-encoded; a directory is taken as it stands.
 */
public final class ConnectionUrl {
    /** What every URL of this driver starts with. */
    public static final String PREFIX = "jdbc:thalweg:";

    private static final String EMBEDDED = "embedded:";
    private static final String MEMORY = "mem:";

    private ConnectionUrl() {}

    /** Whether a URL is meant for this driver. */
    public static boolean isThalwegUrl(String url) {
        return url.startsWith(PREFIX);
    }

    /** The parts of a URL; what it says itself wins over the properties given beside it. */
    public static ConnectionConfig parse(String url, Map<String, String> moreProperties) {
        if (!isThalwegUrl(url)) {
            throw notAUrl(url, "it does not start with " + PREFIX);
        }
        int question = url.indexOf('?');
        String plain = question < 0 ? url : url.substring(0, question);
        Map<String, String> properties = new TreeMap<>(moreProperties);
        String rest = plain.substring(PREFIX.length());
        Endpoint endpoint = rest.startsWith(EMBEDDED)
                ? embedded(plain, rest.substring(EMBEDDED.length()))
                : server(plain, rest, properties);
        if (question >= 0) {
            addProperties(url, url.substring(question + 1), properties);
        }
        return new ConnectionConfig(plain, endpoint, properties);
    }

    private static Endpoint embedded(String url, String place) {
        if (place.isEmpty()) {
            return new Endpoint.Memory(Optional.empty());
        }
        if (place.startsWith(MEMORY)) {
            String name = place.substring(MEMORY.length());
            return new Endpoint.Memory(name.isEmpty() ? Optional.empty() : Optional.of(name));
        }
        try {
            return new Endpoint.Directory(Path.of(place).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw notAUrl(url, "'" + place + "' is not a directory name");
        }
    }

    private static Endpoint server(String url, String rest, Map<String, String> properties) {
        if (!rest.startsWith("//")) {
            throw notAUrl(url, "neither // nor embedded: follows " + PREFIX);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        String schema = slash < 0 ? "" : rest.substring(slash + 1);
        if (schema.contains("/")) {
            throw notAUrl(url, "more than a schema follows the host");
        }
        if (!schema.isEmpty()) {
            properties.put("schema", decoded(url, schema));
        }
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (bracket >= 0) {
            host = host.substring(host.startsWith("[") ? 1 : 0, bracket);
        }
        int port = colon < 0 ? WireLimits.DEFAULT_PORT : port(url, authority.substring(colon + 1));
        return new Endpoint.Server(host.isEmpty() ? "localhost" : host, port);
    }

    private static int port(String url, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw notAUrl(url, "'" + text + "' is not a port");
    }

    private static void addProperties(String url, String query, Map<String, String> properties) {
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                if (equals <= 0) {
                    throw notAUrl(url, "a property has no name or no value");
                }
                properties.put(decoded(url, pair.substring(0, equals)), decoded(url, pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String url, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notAUrl(url, "a part of it is not percent-encoded text");
        }
    }

    /** The error leaves the properties out, since a password may be among them. */
    private static ThalwegException notAUrl(String url, String reason) {
        int question = url.indexOf('?');
        String shown = question < 0 ? url : url.substring(0, question);
        return new ThalwegException(ErrorCode.CONNECTION_FAILED, "URL '" + shown + "' cannot be used: " + reason)
                .withHint("Use jdbc:thalweg://host:port/ or jdbc:thalweg:embedded:directory.");
    }
}
