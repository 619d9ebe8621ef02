package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;

/**
 * One statement of a script.
 *
 * @param text from its first word to its last, without the semicolon and without comments before and behind it
 * @param offset where the text begins in the script, in UTF-16 units
 * @param span the place of the text in the script
 * @param terminated whether a semicolon follows it
 */
public record ScriptStatement(String text, int offset, SourceSpan span, boolean terminated) {}
