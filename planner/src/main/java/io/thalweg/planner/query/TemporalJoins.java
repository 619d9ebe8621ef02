package io.thalweg.planner.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code JOIN r FOR SYSTEM_TIME AS OF t} as what it means here. The rows of a stream are versions that hold from their
 * time on, so it is the as-of join with the newest row whose time is not after t. A table or a materialized view as of now is
 * its content, so it is a plain join.
 */
final class TemporalJoins extends SqlShuttle {
    private static final Set<String> NOW =
            Set.of("PROCTIME", "NOW", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_ROW_TIMESTAMP");

    private final SourceText source;
    private final NameScope names;

    private TemporalJoins(SourceText source, NameScope names) {
        this.source = source;
        this.names = names;
    }

    /** The query, with its temporal joins written out. */
    static SqlNode expanded(SqlNode query, SourceText source, NameScope names) {
        SqlNode expanded = hasSnapshot(query) ? query.accept(new TemporalJoins(source, names)) : query;
        return expanded == null ? query : expanded;
    }

    private static boolean hasSnapshot(SqlNode query) {
        try {
            query.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (call.getKind() == SqlKind.SNAPSHOT) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visit(call);
                }
            });
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode copy = super.visit(call);
        if (!(copy instanceof SqlJoin join)) {
            return copy;
        }
        SqlNode right = SqlUtil.stripAs(join.getRight());
        return right instanceof SqlSnapshot snapshot ? joined(join, snapshot) : copy;
    }

    private SqlNode joined(SqlJoin join, SqlSnapshot snapshot) {
        JoinType type = join.getJoinType();
        boolean isOn = join.getConditionType() == JoinConditionType.ON;
        if ((type != JoinType.INNER && type != JoinType.LEFT) || !isOn || join.isNatural()) {
            throw refused(
                    snapshot, "FOR SYSTEM_TIME AS OF in a join other than JOIN and LEFT JOIN with ON is not supported");
        }
        SqlIdentifier table = table(snapshot);
        CatalogObject object = names.find(table)
                .orElseThrow(
                        () -> new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "relation " + table + " does not exist")
                                .at(source.span(table.getParserPosition())));
        boolean isNow = isNow(snapshot.getPeriod());
        if (object instanceof StreamDefinition stream && stream.watermark().isPresent() && !isNow) {
            int column = stream.watermark().get().column();
            String time = stream.type().name(column);
            return asof(join, snapshot, table, time);
        }
        if (isNow && (object instanceof TableDefinition || object instanceof MaterializedViewDefinition)) {
            return new SqlJoin(
                    join.getParserPosition(),
                    join.getLeft(),
                    SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
                    join.getJoinTypeNode(),
                    renamed(join, table),
                    join.getConditionTypeNode(),
                    join.getCondition());
        }
        throw refused(
                        snapshot,
                        "FOR SYSTEM_TIME AS OF " + (isNow ? "now" : "a time") + " of "
                                + object.kind().noun() + " " + object.name() + " is not supported")
                .withHint(
                        "The versions of a row are rows of a stream with a WATERMARK; of a table there is the newest only,"
                                + " which a plain JOIN gives.");
    }

    private ThalwegException refused(SqlSnapshot snapshot, String message) {
        return new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, message)
                .at(source.span(snapshot.getParserPosition()));
    }

    private SqlIdentifier table(SqlSnapshot snapshot) {
        SqlNode table = snapshot.getTableRef();
        if (table.getKind() == SqlKind.TABLE_REF) {
            table = ((SqlCall) table).operand(0);
        }
        if (table instanceof SqlIdentifier identifier) {
            return identifier;
        }
        throw refused(snapshot, "FOR SYSTEM_TIME AS OF of anything but a stream or a table is not supported");
    }

    private static boolean isNow(SqlNode period) {
        String name = period instanceof SqlCall call ? call.getOperator().getName() : period.toString();
        return NOW.contains(name.replace("`", "").toUpperCase(Locale.ROOT));
    }

    /** The table alone, under the name that it has in the query. */
    private static SqlNode renamed(SqlJoin join, SqlIdentifier table) {
        return join.getRight() instanceof SqlCall as && as.getKind() == SqlKind.AS
                ? as.getOperator()
                        .createCall(
                                as.getParserPosition(),
                                concat(table, as.getOperandList().subList(1, as.operandCount())))
                : table;
    }

    private static List<SqlNode> concat(SqlNode first, List<SqlNode> rest) {
        List<SqlNode> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static SqlNode asof(SqlJoin join, SqlSnapshot snapshot, SqlIdentifier table, String time) {
        SqlParserPos place = snapshot.getPeriod().getParserPosition();
        String alias = Optional.ofNullable(
                        SqlUtil.stripAs(join.getRight()) == join.getRight()
                                ? null
                                : ((SqlCall) join.getRight()).operand(1).toString())
                .orElse(Util.last(table.names));
        SqlNode match = SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                place, snapshot.getPeriod(), new SqlIdentifier(List.of(alias, time), place));
        JoinType type = join.getJoinType() == JoinType.LEFT ? JoinType.LEFT_ASOF : JoinType.ASOF;
        return new SqlAsofJoin(
                join.getParserPosition(),
                join.getLeft(),
                SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
                type.symbol(join.getJoinTypeNode().getParserPosition()),
                renamed(join, table),
                join.getConditionTypeNode(),
                join.getCondition(),
                match);
    }
}
