package io.thalweg.model.plan;

import java.util.Optional;

/**
 * A letter of a row pattern.
 *
 * @param condition what a row has to fulfil to be mapped to it; any row can be if there is none
 */
public record PatternVariable(String name, Optional<PatternExpression> condition) {}
