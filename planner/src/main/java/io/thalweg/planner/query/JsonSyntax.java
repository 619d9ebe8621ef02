package io.thalweg.planner.query;

import io.thalweg.planner.function.CollectionAggregates;
import io.thalweg.planner.function.CollectionOperators;
import io.thalweg.planner.function.JsonOperators;
import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON_OBJECT, JSON_ARRAY and their aggregates as what they are: the JSON of the values, joined by commas, between
 * brackets. So the aggregates are arrays of texts, which are kept up to date like any array. Members stand as they are written;
 * aggregated ones by their names and values, and elements by their values if nobody says how.
 */
final class JsonSyntax extends SqlShuttle {
    private JsonSyntax() {}

    static SqlNode plain(SqlNode query) {
        SqlNode plain = query.accept(new JsonSyntax());
        return plain == null ? query : plain;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.WITHIN_GROUP && isAggregate(call.operand(0))) {
            SqlNodeList order = (SqlNodeList) call.operand(1).accept(this);
            return aggregate(call.operand(0), order == null ? SqlNodeList.EMPTY : order);
        }
        if (isAggregate(call)) {
            return aggregate(call, SqlNodeList.EMPTY);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.JSON_ARRAY)) {
            return array(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.JSON_OBJECT)) {
            return object(call);
        }
        return super.visit(call);
    }

    private static boolean isAggregate(SqlNode node) {
        return node.getKind() == SqlKind.JSON_ARRAYAGG || node.getKind() == SqlKind.JSON_OBJECTAGG;
    }

    private static boolean isJson(SqlNode node) {
        return node instanceof SqlCall call
                && (isAggregate(call)
                        || call.getKind() == SqlKind.WITHIN_GROUP && isAggregate(call.operand(0))
                        || call.getOperator().equals(SqlStdOperatorTable.JSON_ARRAY)
                        || call.getOperator().equals(SqlStdOperatorTable.JSON_OBJECT)
                        || call.getOperator().equals(SqlStdOperatorTable.JSON_QUERY));
    }

    private SqlNode changed(SqlNode node) {
        SqlNode changed = node.accept(this);
        return changed == null ? node : changed;
    }

    /** The JSON of a value; NULL is NULL. */
    private SqlNode json(SqlNode value) {
        SqlParserPos place = value.getParserPosition();
        if (isJson(value)) {
            return changed(value);
        }
        if (value.getKind() == SqlKind.JSON_VALUE_EXPRESSION) {
            SqlNode text = ((SqlCall) value).operand(0);
            return isJson(text) ? changed(text) : JsonOperators.CHECKED.createCall(place, changed(text));
        }
        return JsonOperators.TO_JSON.createCall(place, changed(value));
    }

    private SqlNode array(SqlCall call) {
        boolean keepsNulls = keepsNulls(call);
        List<SqlNode> elements = new ArrayList<>();
        for (SqlNode value : call.getOperandList().subList(1, call.operandCount())) {
            elements.add(keepsNulls ? orNull(json(value)) : json(value));
        }
        return between("[", elements, "]", call.getParserPosition());
    }

    private static boolean keepsNulls(SqlCall constructor) {
        return ((SqlLiteral) constructor.operand(0)).getValueAs(SqlJsonConstructorNullClause.class)
                == SqlJsonConstructorNullClause.NULL_ON_NULL;
    }

    private SqlNode object(SqlCall call) {
        boolean keepsNulls = keepsNulls(call);
        List<SqlNode> members = new ArrayList<>();
        for (int i = 1; i + 1 < call.operandCount(); i += 2) {
            members.add(member(call.operand(i), call.operand(i + 1), keepsNulls));
        }
        return between("{", members, "}", call.getParserPosition());
    }

    /** A name and a value; NULL if the name is, or if the value is and NULLs are to be left out. */
    private SqlNode member(SqlNode name, SqlNode value, boolean keepsNulls) {
        SqlParserPos place = name.getParserPosition();
        SqlNode text = SqlStdOperatorTable.CAST.createCall(place, changed(name), varchar(place));
        return ThalwegOperators.CONCAT.createCall(
                place,
                JsonOperators.TO_JSON.createCall(place, text),
                SqlLiteral.createCharString(":", place),
                keepsNulls ? orNull(json(value)) : json(value));
    }

    private static SqlNode varchar(SqlParserPos place) {
        return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, place), place);
    }

    private static SqlNode orNull(SqlNode json) {
        SqlParserPos place = json.getParserPosition();
        return SqlStdOperatorTable.COALESCE.createCall(place, json, SqlLiteral.createCharString("null", place));
    }

    private static SqlNode between(String opening, List<SqlNode> parts, String closing, SqlParserPos place) {
        if (parts.isEmpty()) {
            return SqlLiteral.createCharString(opening + closing, place);
        }
        return between(opening, SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(place, parts), closing, place);
    }

    private static SqlNode between(String opening, SqlNode parts, String closing, SqlParserPos place) {
        return ThalwegOperators.CONCAT.createCall(
                place,
                SqlLiteral.createCharString(opening, place),
                CollectionOperators.ARRAY_JOIN.createCall(place, parts, SqlLiteral.createCharString(",", place)),
                SqlLiteral.createCharString(closing, place));
    }

    private SqlNode aggregate(SqlCall call, SqlNodeList order) {
        SqlParserPos place = call.getParserPosition();
        if (call.getOperator() instanceof SqlJsonArrayAggAggFunction array) {
            boolean keepsNulls = array.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL;
            SqlNode value = call.operand(0);
            SqlNode json = keepsNulls ? orNull(json(value)) : json(value);
            SqlNodeList keys = order.isEmpty() ? list(place, withoutFormat(value)) : order;
            return between("[", collected(json, keys, place), "]", place);
        }
        boolean keepsNulls = ((SqlJsonObjectAggAggFunction) call.getOperator()).getNullClause()
                == SqlJsonConstructorNullClause.NULL_ON_NULL;
        SqlNode member = member(call.operand(0), call.operand(1), keepsNulls);
        SqlNodeList keys = list(place, changed(call.operand(0)), withoutFormat(call.operand(1)));
        return between("{", collected(member, keys, place), "}", place);
    }

    private static SqlNode collected(SqlNode json, SqlNodeList order, SqlParserPos place) {
        return CollectionAggregates.ARRAY_AGG.createCall(place, json, order);
    }

    private SqlNode withoutFormat(SqlNode value) {
        boolean formatted = value.getKind() == SqlKind.JSON_VALUE_EXPRESSION;
        return changed(formatted ? ((SqlCall) value).operand(0) : value);
    }

    private static SqlNodeList list(SqlParserPos place, SqlNode... nodes) {
        return new SqlNodeList(List.of(nodes), place);
    }
}
