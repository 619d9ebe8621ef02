package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * A query that was cut out of a statement, ready for a parser that knows neither {@code EMIT} nor {@code SELECT
 * STREAM}: both are overwritten with spaces. So the text is as long as the span and has its line breaks, and a place
 * in the text, seen {@linkplain SourceSpan#within within} the span, is the place in the statement.
 *
 * @param text may end in spaces, and may hold comments
 * @param span the query with its {@code EMIT} clause
 * @param emit the clause that was overwritten; {@code SELECT STREAM} counts as {@code EMIT CHANGES}
 */
public record QueryText(String text, SourceSpan span, EmitClause emit) {}
