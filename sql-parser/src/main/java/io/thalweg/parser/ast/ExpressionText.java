package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * An expression that was cut out of a statement. A place in the text, seen {@linkplain SourceSpan#within within} the
 * span, is the place in the statement.
 */
public record ExpressionText(String text, SourceSpan span) {}
