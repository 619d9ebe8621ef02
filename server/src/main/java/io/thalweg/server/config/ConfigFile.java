package io.thalweg.server.config;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A file of {@code name = value} lines, in the format of {@link Properties} and in UTF-8. */
public final class ConfigFile {
    private ConfigFile() {}

    /** What the file says, not yet checked. */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "configuration file " + file + " cannot be read", failure);
        }
        Map<String, String> said = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> said.put(name, properties.getProperty(name)));
        return said;
    }
}
