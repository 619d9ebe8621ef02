package io.thalweg.model.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a CREATE statement says beside the columns.
 *
 * @param options what WITH said, by lower-case name, in the order of the names
 */
public record ObjectProperties(Map<String, String> options, Optional<String> comment) {
    public static final ObjectProperties NONE = new ObjectProperties(Map.of(), Optional.empty());

    public ObjectProperties {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
