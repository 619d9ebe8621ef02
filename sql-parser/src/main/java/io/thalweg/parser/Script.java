package io.thalweg.parser;

import java.util.List;

/** A script that was cut into statements. */
public record Script(List<ScriptStatement> statements, ScriptEnd end) {
    public Script {
        statements = List.copyOf(statements);
    }

    /** Whether nothing is missing at the end of the script, so that a shell need not ask for another line. */
    public boolean isComplete() {
        return end == ScriptEnd.COMPLETE;
    }
}
