package io.thalweg.parser.ast;

import java.util.List;
import java.util.Optional;

/** The clauses of a {@code CREATE} that say how its rows are kept. Keys of options are distinct. */
public record StorageClauses(
        Optional<String> comment, Optional<Distribution> distribution, List<OptionAssignment> options) {
    public StorageClauses {
        options = List.copyOf(options);
    }
}
