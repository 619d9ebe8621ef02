package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/**
 * One column of {@code CREATE STREAM}, {@code CREATE TABLE} or {@code ADD COLUMN}.
 *
 * @param type empty only for {@code name AS expression}
 */
public record ColumnDeclaration(
        Identifier name,
        Optional<TypeReference> type,
        ColumnSource source,
        Optional<String> comment,
        SourceSpan span) {}
