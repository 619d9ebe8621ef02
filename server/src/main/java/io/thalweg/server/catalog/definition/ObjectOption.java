package io.thalweg.server.catalog.definition;

import io.thalweg.parser.ast.SettingValue;

/** An option of {@code WITH} and {@code ALTER … SET}. */
sealed interface ObjectOption permits StorageOption, PartitionOption {
    /** The name, in lower case. */
    String key();

    /** The value in its normal form; throws OPTION_OUT_OF_RANGE at the value if there is no such one. */
    String normalize(SettingValue value);
}
