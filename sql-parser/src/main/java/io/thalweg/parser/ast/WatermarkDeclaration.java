package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code WATERMARK FOR column AS expression}. */
public record WatermarkDeclaration(Identifier column, ExpressionText expression, SourceSpan span) {}
