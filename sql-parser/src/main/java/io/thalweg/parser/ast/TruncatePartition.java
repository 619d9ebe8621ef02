package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code PARTITION n}: the only partition that a {@code TRUNCATE} is about. */
public record TruncatePartition(int number, SourceSpan span) {}
