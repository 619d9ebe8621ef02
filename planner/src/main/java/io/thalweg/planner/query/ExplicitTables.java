package io.thalweg.planner.query;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads {@code TABLE a} as {@code SELECT * FROM a} where an order follows, which Calcite cannot put on anything else. */
final class ExplicitTables {
    private ExplicitTables() {}

    /** The query, with its outermost {@code TABLE} written out. */
    static SqlNode expanded(SqlNode query) {
        if (query instanceof SqlOrderBy order && order.query.getKind() == SqlKind.EXPLICIT_TABLE) {
            return new SqlOrderBy(
                    order.getParserPosition(),
                    select((SqlCall) order.query),
                    order.orderList,
                    order.offset,
                    order.fetch);
        }
        return query.getKind() == SqlKind.EXPLICIT_TABLE ? select((SqlCall) query) : query;
    }

    private static SqlNode select(SqlCall table) {
        SqlParserPos place = table.getParserPosition();
        SqlNodeList everything = new SqlNodeList(List.of(SqlIdentifier.star(place)), place);
        return new SqlSelect(
                place, null, everything, table.operand(0), null, null, null, null, null, null, null, null, null);
    }
}
