package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    /** What an object has that says nothing; in normal form. */
    String defaultValue();

    /** The possible values, in words. */
    String range();

    /** What an object has; in normal form. */
    default String value(ObjectProperties properties) {
        return properties.options().getOrDefault(key(), defaultValue());
    }

    /** Whether the object says nothing about this option. */
    default boolean isDefault(ObjectProperties properties) {
        return !properties.options().containsKey(key());
    }

    /** The normal form of a text in lower case; throws IllegalArgumentException if it is not a possible value. */
    String normalForm(String text);

    /** The value in its normal form; throws OPTION_OUT_OF_RANGE at the value if there is no such one. */
    default String normalize(SettingValue value) {
        try {
            return normalForm(value.text().strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException outside) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE, "option '" + key() + "' cannot be '" + value.text() + "'")
                    .at(value.span())
                    .withHint("Possible: " + range() + ".");
        }
    }
}
