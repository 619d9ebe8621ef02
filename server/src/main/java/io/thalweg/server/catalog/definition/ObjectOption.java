package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.parser.ast.SettingValue;
import java.util.ArrayList;
import java.util.List;

/** An option of {@code WITH} and {@code ALTER … SET}. */
public sealed interface ObjectOption permits StorageOption, PartitionOption, WatermarkOption {
    /** The options that an object of this kind has. */
    static List<ObjectOption> of(ObjectKind kind) {
        List<ObjectOption> options = new ArrayList<>(StorageOption.of(kind));
        options.addAll(PartitionOption.of(kind));
        options.addAll(WatermarkOption.of(kind));
        return List.copyOf(options);
    }

    /** The name, in lower case. */
    String key();

    /** What an object has that said nothing, or has said this; in normal form. */
    String value(ObjectProperties properties);

    /** Whether the object says nothing about this option. */
    default boolean isDefault(ObjectProperties properties) {
        return !properties.options().containsKey(key());
    }

    /** The value in its normal form; throws OPTION_OUT_OF_RANGE at the value if there is no such one. */
    String normalize(SettingValue value);
}
