package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** The key of an option in {@code WITH (…)}, {@code SET (…)} or {@code RESET (…)}. */
public record OptionName(String key, SourceSpan span) {}
