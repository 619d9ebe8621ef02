package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/**
 * The file of a {@code COPY} and what is said about it: {@code 'name' WITH (key = value, …)}.
 *
 * @param span the place of the name
 */
public record CopyFile(String name, SourceSpan span, List<OptionAssignment> options) {
    public CopyFile {
        options = List.copyOf(options);
    }
}
