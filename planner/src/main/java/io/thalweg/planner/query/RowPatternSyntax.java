package io.thalweg.planner.query;

import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Calcite from its own reading of MATCH_RECOGNIZE where that differs from the standard's: it takes PREV of another
 * variable for LAST, forbids PREV and NEXT in MEASURES, takes a measure for NOT NULL that no row may have a value for, and goes
 * on at the next row where the standard skips past the match.
 */
final class RowPatternSyntax extends SqlBasicVisitor<@Nullable Void> {
    private static final SqlShuttle NEIGHBOURS = new SqlShuttle() {
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            SqlNode visited = super.visit(call);
            if (!(visited instanceof SqlCall known)) {
                return visited;
            }
            String name = known.getOperator().getName();
            boolean before = name.equalsIgnoreCase("PREV");
            return before || name.equalsIgnoreCase("NEXT")
                    ? (before ? ThalwegOperators.ROW_BEFORE : ThalwegOperators.ROW_AFTER)
                            .createCall(known.getParserPosition(), known.getOperandList())
                    : visited;
        }
    };

    private RowPatternSyntax() {}

    /** Changes the patterns in a query that was parsed. */
    static void prepare(SqlNode query) {
        query.accept(new RowPatternSyntax());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlMatchRecognize match) {
            if (match.getAfter() == null) {
                match.setOperand(
                        SqlMatchRecognize.OPERAND_AFTER,
                        SqlMatchRecognize.AfterOption.SKIP_PAST_LAST_ROW.symbol(match.getParserPosition()));
            }
            match.setOperand(SqlMatchRecognize.OPERAND_MEASURES, measures(match.getMeasureList()));
            match.setOperand(SqlMatchRecognize.OPERAND_PATTERN_DEFINES, prepared(match.getPatternDefList()));
        }
        return super.visit(call);
    }

    private static SqlNodeList measures(SqlNodeList expressions) {
        List<SqlNode> measures = new ArrayList<>();
        for (SqlNode expression : prepared(expressions)) {
            SqlCall named = (SqlCall) expression;
            SqlParserPos place = named.getParserPosition();
            SqlNode measure = ThalwegOperators.MEASURE.createCall(place, named.<SqlNode>operand(0));
            measures.add(named.getOperator().createCall(place, measure, named.operand(1)));
        }
        return new SqlNodeList(measures, expressions.getParserPosition());
    }

    private static SqlNodeList prepared(SqlNodeList expressions) {
        List<SqlNode> changed = new ArrayList<>();
        for (SqlNode expression : expressions) {
            SqlNode visited = expression.accept(NEIGHBOURS);
            changed.add(visited == null ? expression : visited);
        }
        return new SqlNodeList(changed, expressions.getParserPosition());
    }
}
