package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code 'key' = value} in {@code WITH (…)} or {@code SET (…)}.
 *
 * @param span the place of the key
 */
public record OptionAssignment(String key, SettingValue value, SourceSpan span) {}
