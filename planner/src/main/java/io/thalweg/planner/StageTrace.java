package io.thalweg.planner;

import io.thalweg.planner.rewrite.RelationalOptimizer;
import io.thalweg.planner.rewrite.StageDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/** What EXPLAIN STAGES shows: the query before the first stage, and after each one that changed it. */
final class StageTrace {
    private final RelNode query;
    private final Map<String, RelNode> results = new LinkedHashMap<>();

    StageTrace(RelNode query) {
        this.query = query;
    }

    void add(String stage, RelNode result) {
        results.put(stage, result);
    }

    String format() {
        StringBuilder text = new StringBuilder();
        String last = LogicalText.format(query);
        append(text, "query", last);
        for (StageDescription stage : RelationalOptimizer.stages()) {
            RelNode result = results.get(stage.name());
            String name = stage.name() + (stage.isNeeded() ? " (needed)" : "");
            String now = result == null ? last : LogicalText.format(result);
            if (result == null || now.equals(last)) {
                text.append(name).append(result == null ? ": switched off\n" : ": no change\n");
            } else {
                append(text, name, now);
            }
            last = now;
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String plan) {
        text.append(name).append(":\n").append(plan.indent(2));
    }
}
