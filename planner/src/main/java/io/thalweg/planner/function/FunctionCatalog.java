package io.thalweg.planner.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * What the validator may find by name: an allow-list, so that no function of Calcite's library gets into a query before
 * the runtime has it. Names are matched without regard to case.
 */
public final class FunctionCatalog implements SqlOperatorTable {
    public static final FunctionCatalog INSTANCE = new FunctionCatalog();

    private final Map<String, List<SqlOperator>> byName = new HashMap<>();
    private final List<SqlOperator> all = new ArrayList<>();

    private FunctionCatalog() {
        aggregates().forEach(this::add);
        windowFunctions().forEach(this::add);
        setOperators().forEach(this::add);
        standardOperators().forEach(this::add);
        standardFunctions().forEach(this::add);
        ownFunctions().forEach(this::add);
        TimeOperators.all().forEach(this::add);
        TimeOperators.fieldFunctions().keySet().forEach(this::add);
        ShorthandOperators.all().forEach(this::add);
        collectionFunctions().forEach(this::add);
        jsonFunctions().forEach(this::add);
        CollectionAggregates.all().forEach(this::add);
        patternOperators().forEach(this::add);
        libraryFunctions().forEach(f -> add(f.operator()));
    }

    private void add(SqlOperator operator) {
        all.add(operator);
        byName.computeIfAbsent(operator.getName().toUpperCase(Locale.ROOT), name -> new ArrayList<>())
                .add(operator);
    }

    /** The functions that need nothing but a change of name. */
    public static List<LibraryFunction> libraryFunctions() {
        return Stream.of(TextLibrary.FUNCTIONS, NumberLibrary.FUNCTIONS, DateTimeLibrary.FUNCTIONS)
                .flatMap(Collection::stream)
                .toList();
    }

    /** The names of all functions, in lower case and in order. */
    public List<String> functionNames() {
        SortedSet<String> names = new TreeSet<>();
        for (SqlOperator operator : all) {
            if (operator instanceof SqlFunction && operator.getName().matches("[A-Z][A-Z0-9_]*")) {
                names.add(operator.getName().toLowerCase(Locale.ROOT));
            }
        }
        names.addAll(JsonOperators.REWRITTEN);
        return List.copyOf(names);
    }

    /** How many arguments a function takes; any number if there is no such function. */
    public SqlOperandCountRange argumentCounts(String name) {
        return byName.getOrDefault(name.toUpperCase(Locale.ROOT), List.of()).stream()
                .map(SqlOperator::getOperandCountRange)
                .findFirst()
                .orElse(SqlOperandCountRanges.any());
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        List<SqlOperator> candidates = byName.getOrDefault(name.getSimple().toUpperCase(Locale.ROOT), List.of());
        for (SqlOperator operator : candidates) {
            boolean asFunction = operator instanceof SqlFunction && syntax.family == SqlSyntax.FUNCTION;
            if (asFunction || operator.getSyntax().family == syntax.family) {
                found.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return List.copyOf(all);
    }

    private static List<SqlOperator> aggregates() {
        List<SqlOperator> operators = new ArrayList<>(
                List.of(SqlStdOperatorTable.GROUPING, SqlStdOperatorTable.GROUPING_ID, SqlStdOperatorTable.GROUP_ID));
        AggregateLibrary.DEFINITIONS.forEach(definition -> operators.add(definition.operator()));
        return operators;
    }

    private static List<SqlOperator> windowFunctions() {
        return List.of(
                SqlStdOperatorTable.ROW_NUMBER,
                SqlStdOperatorTable.RANK,
                SqlStdOperatorTable.DENSE_RANK,
                SqlStdOperatorTable.PERCENT_RANK,
                SqlStdOperatorTable.CUME_DIST,
                SqlStdOperatorTable.NTILE,
                SqlStdOperatorTable.LAG,
                SqlStdOperatorTable.LEAD,
                SqlStdOperatorTable.FIRST_VALUE,
                SqlStdOperatorTable.LAST_VALUE,
                SqlStdOperatorTable.NTH_VALUE);
    }

    private static List<SqlOperator> setOperators() {
        return List.of(
                SqlStdOperatorTable.UNION,
                SqlStdOperatorTable.UNION_ALL,
                SqlStdOperatorTable.INTERSECT,
                SqlStdOperatorTable.INTERSECT_ALL,
                SqlStdOperatorTable.EXCEPT,
                SqlStdOperatorTable.EXCEPT_ALL);
    }

    private static List<SqlOperator> standardOperators() {
        return List.of(
                SqlStdOperatorTable.AND,
                SqlStdOperatorTable.OR,
                SqlStdOperatorTable.NOT,
                SqlStdOperatorTable.EXISTS,
                SqlStdOperatorTable.AS,
                SqlStdOperatorTable.FILTER,
                SqlStdOperatorTable.WITHIN_GROUP,
                SqlStdOperatorTable.ROLLUP,
                SqlStdOperatorTable.CUBE,
                SqlStdOperatorTable.GROUPING_SETS,
                SqlStdOperatorTable.IGNORE_NULLS,
                SqlStdOperatorTable.RESPECT_NULLS,
                SqlStdOperatorTable.CONCAT,
                SqlStdOperatorTable.PLUS,
                SqlStdOperatorTable.MINUS,
                SqlStdOperatorTable.MULTIPLY,
                SqlStdOperatorTable.DIVIDE,
                SqlStdOperatorTable.PERCENT_REMAINDER,
                SqlStdOperatorTable.UNARY_MINUS,
                SqlStdOperatorTable.UNARY_PLUS,
                SqlStdOperatorTable.DATETIME_PLUS,
                SqlStdOperatorTable.MINUS_DATE,
                SqlStdOperatorTable.EQUALS,
                SqlStdOperatorTable.NOT_EQUALS,
                SqlStdOperatorTable.LESS_THAN,
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                SqlStdOperatorTable.GREATER_THAN,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                SqlStdOperatorTable.IS_DISTINCT_FROM,
                SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                SqlStdOperatorTable.IS_NULL,
                SqlStdOperatorTable.IS_NOT_NULL,
                SqlStdOperatorTable.IS_TRUE,
                SqlStdOperatorTable.IS_NOT_TRUE,
                SqlStdOperatorTable.IS_FALSE,
                SqlStdOperatorTable.IS_NOT_FALSE,
                SqlStdOperatorTable.IS_UNKNOWN,
                SqlStdOperatorTable.IS_NOT_UNKNOWN,
                SqlStdOperatorTable.IN,
                SqlStdOperatorTable.NOT_IN,
                SqlStdOperatorTable.BETWEEN,
                SqlStdOperatorTable.NOT_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
                SqlStdOperatorTable.LIKE,
                SqlStdOperatorTable.NOT_LIKE,
                SqlStdOperatorTable.SIMILAR_TO,
                SqlStdOperatorTable.NOT_SIMILAR_TO,
                SqlLibraryOperators.RLIKE,
                SqlLibraryOperators.NOT_RLIKE,
                SqlLibraryOperators.ILIKE,
                SqlLibraryOperators.NOT_ILIKE,
                SqlStdOperatorTable.CASE,
                SqlStdOperatorTable.ROW,
                SqlStdOperatorTable.VALUES,
                SqlStdOperatorTable.INTERVAL,
                SqlStdOperatorTable.EXPLICIT_TABLE,
                SqlStdOperatorTable.DESCRIPTOR,
                SqlStdOperatorTable.COLLECTION_TABLE,
                SqlStdOperatorTable.ARGUMENT_ASSIGNMENT,
                SqlStdOperatorTable.DEFAULT,
                SqlStdOperatorTable.DESC,
                SqlStdOperatorTable.NULLS_FIRST,
                SqlStdOperatorTable.NULLS_LAST,
                SqlLibraryOperators.INFIX_CAST);
    }

    /** What only MATCH_RECOGNIZE has. */
    private static List<SqlOperator> patternOperators() {
        return List.of(
                SqlStdOperatorTable.FIRST,
                SqlStdOperatorTable.LAST,
                // Made by the validator, of columns that are meant to be those of the current row.
                SqlStdOperatorTable.PREV,
                ThalwegOperators.MEASURE,
                ThalwegOperators.ROW_BEFORE,
                ThalwegOperators.ROW_AFTER,
                SqlStdOperatorTable.FINAL,
                SqlStdOperatorTable.RUNNING,
                SqlStdOperatorTable.CLASSIFIER,
                SqlStdOperatorTable.MATCH_NUMBER);
    }

    private static List<SqlOperator> standardFunctions() {
        return List.of(
                SqlStdOperatorTable.CAST,
                SqlLibraryOperators.TRY_CAST,
                SqlLibraryOperators.SAFE_CAST,
                SqlStdOperatorTable.COALESCE,
                SqlStdOperatorTable.NULLIF,
                SqlLibraryOperators.IFNULL,
                SqlLibraryOperators.NVL,
                SqlStdOperatorTable.SUBSTRING,
                SqlStdOperatorTable.POSITION,
                SqlStdOperatorTable.TRIM,
                SqlStdOperatorTable.OVERLAY,
                SqlStdOperatorTable.ABS,
                SqlStdOperatorTable.SIGN,
                SqlStdOperatorTable.MOD,
                SqlStdOperatorTable.FLOOR,
                SqlStdOperatorTable.CEIL,
                SqlStdOperatorTable.ROUND,
                SqlStdOperatorTable.TRUNCATE,
                SqlStdOperatorTable.PI,
                SqlStdOperatorTable.EXTRACT,
                SqlStdOperatorTable.YEAR,
                SqlStdOperatorTable.QUARTER,
                SqlStdOperatorTable.MONTH,
                SqlStdOperatorTable.WEEK,
                SqlStdOperatorTable.DAYOFYEAR,
                SqlStdOperatorTable.DAYOFMONTH,
                SqlStdOperatorTable.DAYOFWEEK,
                SqlStdOperatorTable.HOUR,
                SqlStdOperatorTable.MINUTE,
                SqlStdOperatorTable.SECOND,
                SqlStdOperatorTable.TIMESTAMP_ADD,
                SqlStdOperatorTable.TIMESTAMP_DIFF,
                SqlLibraryOperators.DATEADD,
                SqlLibraryOperators.DATEDIFF,
                SqlLibraryOperators.DATE_PART,
                SqlLibraryOperators.DATEPART,
                SqlStdOperatorTable.CURRENT_DATE,
                SqlStdOperatorTable.TUMBLE_OLD,
                SqlStdOperatorTable.TUMBLE_START,
                SqlStdOperatorTable.TUMBLE_END);
    }

    private static List<SqlOperator> jsonFunctions() {
        return List.of(
                SqlStdOperatorTable.JSON_VALUE,
                SqlStdOperatorTable.JSON_QUERY,
                SqlStdOperatorTable.JSON_EXISTS,
                JsonOperators.TO_JSON,
                JsonOperators.CHECKED,
                SqlLibraryOperators.JSON_TYPE,
                SqlLibraryOperators.JSON_LENGTH,
                SqlLibraryOperators.JSON_KEYS,
                SqlLibraryOperators.JSON_DEPTH,
                SqlLibraryOperators.JSON_PRETTY,
                SqlStdOperatorTable.IS_JSON_VALUE,
                SqlStdOperatorTable.IS_JSON_OBJECT,
                SqlStdOperatorTable.IS_JSON_ARRAY,
                SqlStdOperatorTable.IS_JSON_SCALAR,
                SqlStdOperatorTable.IS_NOT_JSON_VALUE,
                SqlStdOperatorTable.IS_NOT_JSON_OBJECT,
                SqlStdOperatorTable.IS_NOT_JSON_ARRAY,
                SqlStdOperatorTable.IS_NOT_JSON_SCALAR);
    }

    private static List<SqlOperator> collectionFunctions() {
        List<SqlOperator> functions = new ArrayList<>(List.of(
                SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR,
                SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR,
                SqlStdOperatorTable.ITEM,
                SqlStdOperatorTable.DOT,
                SqlStdOperatorTable.CARDINALITY,
                SqlStdOperatorTable.UNNEST,
                SqlStdOperatorTable.UNNEST_WITH_ORDINALITY));
        functions.addAll(CollectionOperators.all());
        functions.addAll(CollectionOperators.ofArrayFunctions().keySet());
        functions.addAll(CollectionOperators.ofMapFunctions().keySet());
        functions.addAll(CollectionOperators.ofTextFunctions().keySet());
        return functions;
    }

    private static List<SqlOperator> ownFunctions() {
        return List.of(
                ThalwegOperators.TUMBLE,
                ThalwegOperators.HOP,
                ThalwegOperators.CUMULATE,
                ThalwegOperators.SESSION,
                ThalwegOperators.HOP_START,
                ThalwegOperators.HOP_END,
                ThalwegOperators.SESSION_START,
                ThalwegOperators.SESSION_END,
                ThalwegOperators.CONCAT,
                ThalwegOperators.STRPOS,
                ThalwegOperators.INSTR,
                ThalwegOperators.LTRIM,
                ThalwegOperators.RTRIM,
                ThalwegOperators.GREATEST,
                ThalwegOperators.LEAST,
                ThalwegOperators.IF,
                ThalwegOperators.NVL2,
                ThalwegOperators.CONCAT_WS,
                ThalwegOperators.LOG,
                ThalwegOperators.COT,
                ThalwegOperators.UNIX_SECONDS,
                ThalwegOperators.DATE_TRUNC,
                ThalwegOperators.CURRENT_TIMESTAMP,
                ThalwegOperators.CURRENT_TIME,
                ThalwegOperators.LOCALTIMESTAMP,
                ThalwegOperators.LOCALTIME,
                ThalwegOperators.NOW);
    }
}
