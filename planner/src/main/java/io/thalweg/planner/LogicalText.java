package io.thalweg.planner;

import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;

/** What EXPLAIN LOGICAL shows: Calcite's text of a plan, without what only Calcite needs to know. */
final class LogicalText {
    private static final Pattern CHARACTER_SET = Pattern.compile(" CHARACTER SET \"[^\"]*\"(?: COLLATE \"[^\"]*\")?");
    private static final Pattern TEXT_LITERAL = Pattern.compile("(?:_UTF-8)?('(?:[^']|'')*'):VARCHAR");
    private static final Pattern OPERATOR = Pattern.compile("(?m)^( *)Logical");
    private static final Pattern SCAN = Pattern.compile("SourceScan\\(source=\\[([^\\]]*)\\]\\)");

    private LogicalText() {}

    static String format(RelNode query) {
        String text = RelOptUtil.dumpPlan("", query, SqlExplainFormat.TEXT, SqlExplainLevel.EXPPLAN_ATTRIBUTES);
        text = CHARACTER_SET.matcher(text).replaceAll("");
        text = TEXT_LITERAL.matcher(text).replaceAll("$1");
        text = OPERATOR.matcher(text).replaceAll("$1");
        return SCAN.matcher(text).replaceAll("Scan($1)").stripTrailing() + "\n";
    }
}
