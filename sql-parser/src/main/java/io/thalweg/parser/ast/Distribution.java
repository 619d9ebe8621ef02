package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code DISTRIBUTED BY HASH (columns) INTO n PARTITIONS}, of which each half may be missing.
 *
 * @param columns empty if the clause names none
 */
public record Distribution(List<Identifier> columns, OptionalInt partitions, SourceSpan span) {
    public Distribution {
        columns = List.copyOf(columns);
    }
}
