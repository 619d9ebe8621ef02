package io.thalweg.planner.query;

import io.thalweg.planner.function.FunctionCatalog;
import io.thalweg.planner.function.LibraryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become expressions: as Calcite does it, except where it would spell a function out in arithmetic that our
 * runtime does in one step, and in other units.
 */
final class ThalwegConvertletTable implements SqlRexConvertletTable {
    static final ThalwegConvertletTable INSTANCE = new ThalwegConvertletTable();

    private static final Set<SqlOperator> KEPT = Set.of(
            SqlStdOperatorTable.TIMESTAMP_DIFF,
            SqlStdOperatorTable.TIMESTAMP_ADD,
            SqlLibraryOperators.DATEADD,
            SqlLibraryOperators.DATEDIFF,
            SqlLibraryOperators.DATE_PART,
            SqlLibraryOperators.DATEPART,
            // In OVER; it would be the quotient of a sum and a count, rounded twice.
            SqlStdOperatorTable.AVG,
            SqlStdOperatorTable.COALESCE,
            SqlLibraryOperators.IFNULL,
            SqlLibraryOperators.NVL,
            SqlStdOperatorTable.SUBSTRING,
            SqlStdOperatorTable.TRUNCATE,
            SqlStdOperatorTable.ROUND);

    /** Calcite knows some of their names as other names for functions of its own. */
    private static final Set<SqlOperator> LIBRARY = FunctionCatalog.libraryFunctions().stream()
            .map(LibraryFunction::operator)
            .collect(Collectors.toUnmodifiableSet());

    private ThalwegConvertletTable() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            return ThalwegConvertletTable::cast;
        }
        return KEPT.contains(call.getOperator()) || LIBRARY.contains(call.getOperator())
                ? ThalwegConvertletTable::keep
                : StandardConvertletTable.INSTANCE.get(call);
    }

    /** Calcite looks for elements in both types as soon as it sees a collection in one, and makes no numbers of truth values. */
    private static RexNode cast(SqlRexContext context, SqlCall call) {
        SqlTypeName from =
                context.getValidator().getValidatedNodeType(call.operand(0)).getSqlTypeName();
        // What Calcite casts by itself has no type.
        RelDataType to = context.getValidator().getValidatedNodeTypeIfKnown(call);
        boolean isTruth = to != null
                && (from == SqlTypeName.BOOLEAN && SqlTypeUtil.isNumeric(to)
                        || to.getSqlTypeName() == SqlTypeName.BOOLEAN && SqlTypeName.NUMERIC_TYPES.contains(from));
        if (!isTruth && from != SqlTypeName.ARRAY && from != SqlTypeName.MAP && from != SqlTypeName.ROW) {
            SqlRexConvertlet usual = StandardConvertletTable.INSTANCE.get(call);
            return Objects.requireNonNull(usual, "CAST has a convertlet").convertCall(context, call);
        }
        return context.getRexBuilder()
                .makeAbstractCast(
                        context.getValidator().getValidatedNodeType(call),
                        context.convertExpression(call.operand(0)),
                        call.getKind() == SqlKind.SAFE_CAST);
    }

    private static RexNode keep(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(
                    operand instanceof SqlIntervalQualifier unit
                            ? context.getRexBuilder().makeFlag(unit.getUnit())
                            : context.convertExpression(operand));
        }
        return context.getRexBuilder()
                .makeCall(context.getValidator().getValidatedNodeType(call), call.getOperator(), operands);
    }
}
