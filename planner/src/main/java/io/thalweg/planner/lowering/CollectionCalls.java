package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.CollectionOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Arrays, maps and rows: what makes them, and what asks for something in them. */
final class CollectionCalls {
    private CollectionCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, call -> constructor(call, ScalarFunction.ARRAY_OF));
        table.add(SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR, call -> constructor(call, ScalarFunction.MAP_OF));
        table.add(SqlStdOperatorTable.ROW, call -> constructor(call, ScalarFunction.ROW_OF));
        table.add(CollectionOperators.EMPTY_ARRAY, call -> constructor(call, ScalarFunction.ARRAY_OF));
        table.add(CollectionOperators.EMPTY_MAP, call -> constructor(call, ScalarFunction.MAP_OF));
        table.add(SqlStdOperatorTable.ITEM, CollectionCalls::item);
        table.add(SqlStdOperatorTable.CARDINALITY, call -> strict(call, ScalarFunction.CARDINALITY, call.arguments()));
        table.add(CollectionOperators.ARRAY_APPEND, call -> append(call, false));
        table.add(CollectionOperators.ARRAY_PREPEND, call -> append(call, true));
        table.add(CollectionOperators.ARRAY_CONCAT, CollectionCalls::concatenate);
        registerSets(table);
        table.add(CollectionOperators.ELEMENT_AT, CollectionCalls::item);
        table.add(CollectionOperators.ARRAY_FIRST, call -> elementAt(call, false));
        table.add(CollectionOperators.ARRAY_LAST, call -> elementAt(call, true));
        table.add(CollectionOperators.MAP_CONCAT, call -> strict(call, ScalarFunction.MAP_CONCAT, asResults(call)));
        table.add(CollectionOperators.FLATTEN, call -> strict(call, ScalarFunction.ARRAY_FLATTEN, call.arguments()));
        table.add(CollectionOperators.ARRAY_REPEAT, CollectionCalls::repeat);
        table.add(CollectionOperators.SEQUENCE, CollectionCalls::sequence);
        table.add(CollectionOperators.GENERATE_SERIES, CollectionCalls::sequence);
        table.add(CollectionOperators.ARRAY_SLICE, CollectionCalls::slice);
        table.add(CollectionOperators.ARRAY_JOIN, CollectionCalls::join);
        table.add(CollectionOperators.ARRAY_TO_STRING, CollectionCalls::join);
        table.add(
                CollectionOperators.MAP_FROM_ARRAYS,
                call -> strict(call, ScalarFunction.MAP_FROM_ARRAYS, call.arguments()));
        CollectionOperators.ofArrayFunctions()
                .forEach((operator, function) -> table.add(operator, call -> search(call, function)));
        CollectionOperators.ofMapFunctions()
                .forEach((operator, function) -> table.add(operator, call -> search(call, function)));
        CollectionOperators.ofTextFunctions()
                .forEach((operator, function) -> table.add(operator, call -> strict(call, function, call.arguments())));
    }

    /** Arrays as sets. */
    private static void registerSets(CallLoweringTable table) {
        table.add(CollectionOperators.ARRAY_UNION, CollectionCalls::union);
        table.add(
                CollectionOperators.ARRAY_INTERSECT,
                call -> strict(call, ScalarFunction.ARRAY_INTERSECT, asResults(call)));
        table.add(CollectionOperators.ARRAY_EXCEPT, call -> strict(call, ScalarFunction.ARRAY_EXCEPT, asResults(call)));
        table.add(CollectionOperators.ARRAYS_OVERLAP, CollectionCalls::overlap);
    }

    private static ScalarExpression union(CallSite call) {
        ScalarExpression both = concatenate(call);
        return both instanceof Literal ? both : call.result(ScalarFunction.ARRAY_DISTINCT, both);
    }

    private static ScalarExpression overlap(CallSite call) {
        ScalarExpression left = call.argument(0);
        ScalarExpression right = call.argument(1);
        SqlType common = Coercion.comparable(left.type(), right.type())
                .orElseThrow(() -> call.unsupported("of arrays whose elements do not go together"));
        return strict(
                call,
                ScalarFunction.ARRAYS_OVERLAP,
                List.of(Coercion.cast(left, common), Coercion.cast(right, common)));
    }

    private static ScalarExpression elementAt(CallSite call, boolean last) {
        ScalarExpression array = call.argument(0);
        if (array.type().name() == TypeName.NULL) {
            return Literal.nullOf(call.type());
        }
        ScalarExpression position = Literal.of(1L);
        if (last) {
            SqlType integer = SqlType.INTEGER.withNullable(array.type().nullable());
            position = Coercion.cast(FunctionCall.of(ScalarFunction.CARDINALITY, integer, array), SqlType.BIGINT);
        }
        return nullable(ScalarFunction.ELEMENT_AT, array.type().component(0), array, position);
    }

    private static ScalarExpression repeat(CallSite call) {
        SqlType type = call.type().notNull();
        ScalarExpression one = constructed(ScalarFunction.ARRAY_OF, List.of(call.argument(0, type.component(0))), type);
        return call.result(ScalarFunction.ARRAY_REPEAT, one, call.argument(1, SqlType.BIGINT));
    }

    private static ScalarExpression sequence(CallSite call) {
        ScalarExpression step = call.size() < 3 ? Literal.of(1L) : call.argument(2, SqlType.BIGINT);
        return strict(
                call,
                ScalarFunction.SEQUENCE,
                List.of(call.argument(0, SqlType.BIGINT), call.argument(1, SqlType.BIGINT), step));
    }

    private static ScalarExpression constructor(CallSite call, ScalarFunction function) {
        SqlType type = call.type().notNull();
        int kinds = type.components().size();
        List<ScalarExpression> parts = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            parts.add(call.argument(i, type.component(i % kinds)));
        }
        return constructed(function, parts, type);
    }

    /** A value made of parts of its components' types: a literal, if all of them are. */
    static ScalarExpression constructed(ScalarFunction function, List<ScalarExpression> parts, SqlType type) {
        boolean constant = parts.stream().allMatch(Literal.class::isInstance);
        boolean nullKey = function == ScalarFunction.MAP_OF
                && IntStream.range(0, parts.size())
                        .anyMatch(i -> i % 2 == 0 && parts.get(i) instanceof Literal key && key.isNull());
        return constant && !nullKey
                ? NestedTypes.literal(
                        type, parts.stream().map(Literal.class::cast).toList())
                : new FunctionCall(function, parts, type);
    }

    private static ScalarExpression item(CallSite call) {
        ScalarExpression collection = call.argument(0);
        SqlType type = collection.type();
        return switch (type.name()) {
            case ARRAY ->
                nullable(ScalarFunction.ELEMENT_AT, type.component(0), collection, call.argument(1, SqlType.BIGINT));
            case MAP ->
                nullable(ScalarFunction.ENTRY_AT, type.component(1), collection, call.argument(1, type.component(0)));
            case ROW -> field(collection, fieldIndex(call, type));
            case NULL -> Literal.nullOf(call.type());
            default -> throw call.unsupported("of a value of type " + type.sqlText());
        };
    }

    private static ScalarExpression nullable(ScalarFunction function, SqlType type, ScalarExpression... arguments) {
        return FunctionCall.of(function, type, arguments);
    }

    private static int fieldIndex(CallSite call, SqlType row) {
        if (!(call.argument(1) instanceof Literal literal) || literal.isNull()) {
            throw call.unsupported("of a row with an index that is not a constant");
        }
        int index = literal.value() instanceof Integer position
                ? position - 1
                : IntStream.range(0, row.components().size())
                        .filter(i -> row.components().get(i).name().equals(literal.value()))
                        .findFirst()
                        .orElse(-1);
        if (index < 0 || index >= row.components().size()) {
            throw new ThalwegException(
                    ErrorCode.UNDEFINED_COLUMN, "a value of type " + row.sqlText() + " has no such field");
        }
        return index;
    }

    /** A field of a row; if the row is made on the spot, what it is made of. */
    static ScalarExpression field(ScalarExpression row, int index) {
        if (row instanceof FunctionCall call && call.function() == ScalarFunction.ROW_OF) {
            return call.argument(index);
        }
        return FunctionCall.of(ScalarFunction.FIELD_OF, row.type().component(index), row, Literal.of(index));
    }

    /** A function whose second argument, if any, is an element of the array or a key of the map. */
    private static ScalarExpression search(CallSite call, ScalarFunction function) {
        if (call.size() == 1) {
            return strict(call, function, call.arguments());
        }
        ScalarExpression collection = call.argument(0);
        ScalarExpression wanted = call.argument(1);
        if (!collection.type().name().isNested()) {
            return Literal.nullOf(call.type());
        }
        // Both are brought to a type that holds both: to look for 1.5 among whole numbers finds nothing.
        SqlType beside = collection.type().name() == TypeName.ARRAY
                ? SqlType.array(wanted.type())
                : SqlType.map(wanted.type(), collection.type().component(1));
        Optional<SqlType> common = NestedTypes.common(collection.type(), beside);
        if (common.isEmpty()) {
            throw new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "a value of type " + wanted.type().sqlText() + " cannot be in one of type "
                            + collection.type().sqlText());
        }
        SqlType result = function == ScalarFunction.ARRAY_REMOVE ? common.get().withNullable(true) : call.type();
        ScalarExpression found = FunctionCall.of(
                function,
                result.withNullable(
                        collection.type().nullable() || wanted.type().nullable()),
                Coercion.cast(collection, common.get()),
                Coercion.cast(wanted, common.get().component(0)));
        return call.asResult(found);
    }

    private static ScalarExpression strict(CallSite call, ScalarFunction function, List<ScalarExpression> arguments) {
        boolean anyNull = arguments.stream().anyMatch(a -> a.type().name() == TypeName.NULL);
        return anyNull ? Literal.nullOf(call.type()) : call.result(function, arguments);
    }

    private static List<ScalarExpression> asResults(CallSite call) {
        return IntStream.range(0, call.size())
                .mapToObj(i -> call.argument(i, call.type()))
                .toList();
    }

    /** Arrays one behind the other. */
    static ScalarExpression concatenate(CallSite call) {
        return strict(call, ScalarFunction.ARRAY_CONCAT, asResults(call));
    }

    private static ScalarExpression append(CallSite call, boolean inFront) {
        SqlType type = call.type();
        ScalarExpression array = call.argument(0, type);
        ScalarExpression element =
                constructed(ScalarFunction.ARRAY_OF, List.of(call.argument(1, type.component(0))), type.notNull());
        return call.result(ScalarFunction.ARRAY_CONCAT, inFront ? List.of(element, array) : List.of(array, element));
    }

    private static ScalarExpression slice(CallSite call) {
        ScalarExpression last = call.size() < 3 ? Literal.of(-1L) : call.argument(2, SqlType.BIGINT);
        return strict(
                call, ScalarFunction.ARRAY_SLICE, List.of(call.argument(0), call.argument(1, SqlType.BIGINT), last));
    }

    private static ScalarExpression join(CallSite call) {
        List<ScalarExpression> arguments = new ArrayList<>();
        arguments.add(call.argument(0, SqlType.array(SqlType.VARCHAR)));
        for (int i = 1; i < call.size(); i++) {
            arguments.add(call.argument(i));
        }
        return strict(call, ScalarFunction.ARRAY_JOIN, arguments);
    }
}
