package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plans the text of an example: a query, which may end in EMIT, or an INSERT. Stands in for the statement parser, so the
 * origins of the queries are not the starts of the texts.
 */
final class StatementRunner {
    private static final Pattern INSERT =
            Pattern.compile("(?s)INSERT INTO ([^\\s(]+)\\s*(?:\\(([^)]*)\\))?\\s*((?:VALUES|SELECT|WITH).*)");
    private static final Pattern EMIT = Pattern.compile("(?s)(.*?)EMIT (CHANGES|FINAL)\\s*");

    private final Planner planner = new Planner();
    private final CatalogSnapshot catalog = TestCatalog.snapshot(planner);

    PlannedQuery plan(String statement) {
        PlanningContext context = TestCatalog.context(catalog);
        Matcher insert = INSERT.matcher(statement);
        if (insert.matches()) {
            Optional<List<String>> columns =
                    Optional.ofNullable(insert.group(2)).map(c -> List.of(c.split(",\\s*")));
            InsertTarget target = new InsertTarget(
                    catalog.find(ObjectName.of(insert.group(1)))
                            .orElseThrow(() -> new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "no such target")),
                    columns,
                    span(statement, insert.start(1), insert.end(1)));
            SourceSpan origin = span(statement, insert.start(3), statement.length());
            return planner.planInsert(target, insert.group(3), origin, context);
        }
        Matcher emit = EMIT.matcher(statement);
        return emit.matches()
                ? planner.planQuery(emit.group(1), TestCatalog.START, EmitMode.valueOf(emit.group(2)), context)
                : planner.planQuery(statement, TestCatalog.START, EmitMode.SNAPSHOT, context);
    }

    private static SourceSpan span(String text, int start, int end) {
        int line = 1
                + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        int column = start - text.lastIndexOf('\n', start - 1);
        return new SourceSpan(line, column, line, column + Math.max(0, end - start - 1));
    }

    /** The plan as text, or the error in one line. */
    String planText(String statement) {
        try {
            PlannedQuery planned = plan(statement);
            String text = PlanText.format(planned.plan()).replaceAll("(?m) +$", "");
            return text + (planned.dependsOnTime() ? "depends on time\n" : "");
        } catch (ThalwegException e) {
            return e.code() + ": " + e.message() + "\n";
        }
    }

    /** The error with carets under its place, or the plan. */
    String errorText(String statement) {
        try {
            return PlanText.format(plan(statement).plan());
        } catch (ThalwegException e) {
            StringBuilder text = new StringBuilder();
            e.span().ifPresent(span -> appendCarets(statement, span, text));
            text.append(e.code()).append(": ").append(e.message()).append('\n');
            e.hint().ifPresent(hint -> text.append(hint).append('\n'));
            return text.toString();
        }
    }

    private static void appendCarets(String statement, SourceSpan span, StringBuilder text) {
        String[] lines = statement.split("\n");
        String line = span.startLine() <= lines.length ? lines[span.startLine() - 1] : "";
        int end = span.endLine() == span.startLine() ? span.endColumn() : line.length();
        text.append(line)
                .append('\n')
                .append(" ".repeat(span.startColumn() - 1))
                .append("^".repeat(Math.max(1, end - span.startColumn() + 1)))
                .append('\n');
    }
}
