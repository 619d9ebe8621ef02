package io.thalweg.planner.function;

import io.thalweg.model.expression.ScalarFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlSingleOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions of arrays and maps, and what implements those that are only renamed. */
public final class CollectionOperators {
    private static final SqlReturnTypeInference TEXT =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlSingleOperandTypeChecker ARRAY = OperandTypes.family(SqlTypeFamily.ARRAY);
    private static final SqlOperandTypeChecker MAP = OperandTypes.family(SqlTypeFamily.MAP);
    private static final SqlOperandTypeChecker ARRAY_AND_ANY =
            OperandTypes.family(SqlTypeFamily.ARRAY, SqlTypeFamily.ANY);

    /** {@code ARRAY[]}, an array of NULLs until something gives it a type. */
    public static final SqlFunction EMPTY_ARRAY = SqlBasicFunction.create(
            "ARRAY", binding -> binding.getTypeFactory().createArrayType(unknown(binding), -1), OperandTypes.NILADIC);
    /** {@code MAP[]}. */
    public static final SqlFunction EMPTY_MAP = SqlBasicFunction.create(
            "MAP",
            binding -> binding.getTypeFactory().createMapType(unknown(binding), unknown(binding)),
            OperandTypes.NILADIC);
    /** {@code ARRAY_APPEND(array, element)}. */
    public static final SqlFunction ARRAY_APPEND =
            SqlBasicFunction.create("ARRAY_APPEND", binding -> appended(binding, 0, 1), ARRAY_AND_ANY);
    /** {@code ARRAY_PREPEND(array, element)}. */
    public static final SqlFunction ARRAY_PREPEND =
            SqlBasicFunction.create("ARRAY_PREPEND", binding -> appended(binding, 0, 1), ARRAY_AND_ANY);
    /** {@code ARRAY_CONCAT(array, ...)}. */
    public static final SqlFunction ARRAY_CONCAT = SqlBasicFunction.create(
            "ARRAY_CONCAT",
            ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.repeat(SqlOperandCountRanges.from(1), ARRAY));
    /** {@code ARRAY_UNION(array, array)}: the elements of both, each once. */
    public static final SqlFunction ARRAY_UNION = ofTwoArrays("ARRAY_UNION");
    /** {@code ARRAY_INTERSECT(array, array)}. */
    public static final SqlFunction ARRAY_INTERSECT = ofTwoArrays("ARRAY_INTERSECT");
    /** {@code ARRAY_EXCEPT(array, array)}. */
    public static final SqlFunction ARRAY_EXCEPT = ofTwoArrays("ARRAY_EXCEPT");
    /** {@code ARRAYS_OVERLAP(array, array)}. */
    public static final SqlFunction ARRAYS_OVERLAP = SqlBasicFunction.create(
            "ARRAYS_OVERLAP", ReturnTypes.BOOLEAN_NULLABLE, OperandTypes.repeat(SqlOperandCountRanges.of(2), ARRAY));
    /** {@code FLATTEN(array of arrays)}. */
    public static final SqlFunction FLATTEN =
            SqlBasicFunction.create("FLATTEN", binding -> nullable(binding, element(binding, 0)), ARRAY);
    /** {@code ARRAY_REPEAT(element, n)}. */
    public static final SqlFunction ARRAY_REPEAT = SqlBasicFunction.create(
            "ARRAY_REPEAT",
            binding -> binding.getTypeFactory()
                    .createTypeWithNullability(
                            binding.getTypeFactory()
                                    .createArrayType(forceNullable(binding, binding.getOperandType(0)), -1),
                            binding.getOperandType(1).isNullable()),
            OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.INTEGER));
    /** {@code SEQUENCE(first, last[, step])}. */
    public static final SqlFunction SEQUENCE = sequence("SEQUENCE");
    /** PostgreSQL's name for {@link #SEQUENCE}. */
    public static final SqlFunction GENERATE_SERIES = sequence("GENERATE_SERIES");
    /** {@code ELEMENT_AT(array or map, position or key)}. */
    public static final SqlFunction ELEMENT_AT = SqlBasicFunction.create(
            "ELEMENT_AT",
            binding -> forceNullable(
                    binding,
                    binding.getOperandType(0).getSqlTypeName() == SqlTypeName.MAP
                            ? value(binding)
                            : element(binding, 0)),
            OperandTypes.family(SqlTypeFamily.ARRAY, SqlTypeFamily.INTEGER)
                    .or(OperandTypes.family(SqlTypeFamily.MAP, SqlTypeFamily.ANY)));
    /** {@code ARRAY_FIRST(array)}. */
    public static final SqlFunction ARRAY_FIRST =
            SqlBasicFunction.create("ARRAY_FIRST", b -> forceNullable(b, element(b, 0)), ARRAY);
    /** {@code ARRAY_LAST(array)}. */
    public static final SqlFunction ARRAY_LAST =
            SqlBasicFunction.create("ARRAY_LAST", b -> forceNullable(b, element(b, 0)), ARRAY);
    /** {@code MAP_CONCAT(map, map, ...)}. */
    public static final SqlFunction MAP_CONCAT = SqlBasicFunction.create(
            "MAP_CONCAT",
            ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.family(SqlTypeFamily.MAP)));
    /** {@code ARRAY_SLICE(array, first[, last])}. */
    public static final SqlFunction ARRAY_SLICE = SqlBasicFunction.create(
            "ARRAY_SLICE",
            ReturnTypes.ARG0_NULLABLE,
            OperandTypes.family(
                    List.of(SqlTypeFamily.ARRAY, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER), index -> index == 2));
    /** {@code ARRAY_JOIN(array, separator[, text for NULL])}. */
    public static final SqlFunction ARRAY_JOIN = join("ARRAY_JOIN");
    /** PostgreSQL's name for {@link #ARRAY_JOIN}. */
    public static final SqlFunction ARRAY_TO_STRING = join("ARRAY_TO_STRING");
    /** {@code MAP_FROM_ARRAYS(keys, values)}. */
    public static final SqlFunction MAP_FROM_ARRAYS = SqlBasicFunction.create(
            "MAP_FROM_ARRAYS",
            binding ->
                    nullable(binding, binding.getTypeFactory().createMapType(element(binding, 0), element(binding, 1))),
            OperandTypes.family(SqlTypeFamily.ARRAY, SqlTypeFamily.ARRAY));

    /** Those whose first argument is an array and whose second, if any, is to be one of its elements. */
    private static final Map<SqlFunction, ScalarFunction> OF_ARRAYS = ofArrays();
    /** Those whose first argument is a map and whose second, if any, is to be one of its keys. */
    private static final Map<SqlFunction, ScalarFunction> OF_MAPS = ofMaps();
    /** Those that cut a text into an array. */
    private static final Map<SqlFunction, ScalarFunction> OF_TEXTS = ofTexts();

    private CollectionOperators() {}

    private static Map<SqlFunction, ScalarFunction> ofArrays() {
        Map<SqlFunction, ScalarFunction> functions = new LinkedHashMap<>();
        put(functions, "ARRAY_LENGTH", ScalarFunction.CARDINALITY, ReturnTypes.INTEGER_NULLABLE, ARRAY);
        put(functions, "ARRAY_SIZE", ScalarFunction.CARDINALITY, ReturnTypes.INTEGER_NULLABLE, ARRAY);
        put(functions, "ARRAY_CONTAINS", ScalarFunction.ARRAY_CONTAINS, ReturnTypes.BOOLEAN_NULLABLE, ARRAY_AND_ANY);
        put(functions, "ARRAY_POSITION", ScalarFunction.ARRAY_POSITION, ReturnTypes.INTEGER_NULLABLE, ARRAY_AND_ANY);
        put(functions, "ARRAY_REMOVE", ScalarFunction.ARRAY_REMOVE, ReturnTypes.ARG0_NULLABLE, ARRAY_AND_ANY);
        put(functions, "ARRAY_DISTINCT", ScalarFunction.ARRAY_DISTINCT, ReturnTypes.ARG0_NULLABLE, ARRAY);
        put(functions, "ARRAY_REVERSE", ScalarFunction.ARRAY_REVERSE, ReturnTypes.ARG0_NULLABLE, ARRAY);
        put(functions, "ARRAY_SORT", ScalarFunction.ARRAY_SORT, ReturnTypes.ARG0_NULLABLE, ARRAY);
        SqlReturnTypeInference anElement = binding -> forceNullable(binding, element(binding, 0));
        put(functions, "ARRAY_MIN", ScalarFunction.ARRAY_MINIMUM, anElement, ARRAY);
        put(functions, "ARRAY_MAX", ScalarFunction.ARRAY_MAXIMUM, anElement, ARRAY);
        put(functions, "ELEMENT", ScalarFunction.ONLY_ELEMENT, anElement, ARRAY);
        return functions;
    }

    private static Map<SqlFunction, ScalarFunction> ofMaps() {
        Map<SqlFunction, ScalarFunction> functions = new LinkedHashMap<>();
        put(functions, "MAP_SIZE", ScalarFunction.CARDINALITY, ReturnTypes.INTEGER_NULLABLE, MAP);
        put(functions, "MAP_KEYS", ScalarFunction.MAP_KEYS, binding -> array(binding, key(binding)), MAP);
        put(functions, "MAP_VALUES", ScalarFunction.MAP_VALUES, binding -> array(binding, value(binding)), MAP);
        put(functions, "MAP_ENTRIES", ScalarFunction.MAP_ENTRIES, CollectionOperators::entries, MAP);
        put(
                functions,
                "MAP_CONTAINS_KEY",
                ScalarFunction.MAP_CONTAINS_KEY,
                ReturnTypes.BOOLEAN_NULLABLE,
                OperandTypes.family(SqlTypeFamily.MAP, SqlTypeFamily.ANY));
        return functions;
    }

    private static Map<SqlFunction, ScalarFunction> ofTexts() {
        Map<SqlFunction, ScalarFunction> functions = new LinkedHashMap<>();
        SqlReturnTypeInference texts =
                binding -> array(binding, binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR));
        put(functions, "SPLIT", ScalarFunction.SPLIT, texts, OperandTypes.STRING_STRING);
        put(functions, "STRING_TO_ARRAY", ScalarFunction.SPLIT, texts, OperandTypes.STRING_STRING);
        return functions;
    }

    private static void put(
            Map<SqlFunction, ScalarFunction> functions,
            String name,
            ScalarFunction implementation,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands) {
        functions.put(SqlBasicFunction.create(name, result, operands), implementation);
    }

    public static Map<SqlFunction, ScalarFunction> ofArrayFunctions() {
        return OF_ARRAYS;
    }

    public static Map<SqlFunction, ScalarFunction> ofMapFunctions() {
        return OF_MAPS;
    }

    public static Map<SqlFunction, ScalarFunction> ofTextFunctions() {
        return OF_TEXTS;
    }

    /** Those that are not only renamed. */
    static List<SqlFunction> all() {
        return List.of(
                EMPTY_ARRAY,
                EMPTY_MAP,
                ARRAY_APPEND,
                ARRAY_PREPEND,
                ARRAY_CONCAT,
                ARRAY_UNION,
                ARRAY_INTERSECT,
                ARRAY_EXCEPT,
                ARRAYS_OVERLAP,
                FLATTEN,
                ARRAY_REPEAT,
                SEQUENCE,
                GENERATE_SERIES,
                ELEMENT_AT,
                ARRAY_FIRST,
                ARRAY_LAST,
                ARRAY_SLICE,
                ARRAY_JOIN,
                ARRAY_TO_STRING,
                MAP_CONCAT,
                MAP_FROM_ARRAYS);
    }

    private static SqlFunction ofTwoArrays(String name) {
        return SqlBasicFunction.create(
                name,
                ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.repeat(SqlOperandCountRanges.of(2), ARRAY));
    }

    private static SqlFunction sequence(String name) {
        return SqlBasicFunction.create(
                name,
                binding -> array(binding, binding.getTypeFactory().createSqlType(SqlTypeName.BIGINT)),
                OperandTypes.family(
                        List.of(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
                        index -> index == 2));
    }

    private static SqlFunction join(String name) {
        return SqlBasicFunction.create(
                name,
                TEXT,
                OperandTypes.family(
                        List.of(SqlTypeFamily.ARRAY, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER),
                        index -> index == 2));
    }

    private static RelDataType appended(SqlOperatorBinding binding, int array, int element) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType common = types.leastRestrictive(List.of(element(binding, array), binding.getOperandType(element)));
        RelDataType known = common == null ? element(binding, array) : common;
        return types.createTypeWithNullability(
                types.createArrayType(types.createTypeWithNullability(known, true), -1),
                binding.getOperandType(array).isNullable());
    }

    /** The type of the elements of an argument; that of NULL where a bare NULL stands for the array. */
    private static RelDataType element(SqlOperatorBinding binding, int operand) {
        RelDataType element = binding.getOperandType(operand).getComponentType();
        return element == null ? unknown(binding) : element;
    }

    private static RelDataType unknown(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createSqlType(SqlTypeName.NULL);
    }

    private static RelDataType key(SqlOperatorBinding binding) {
        RelDataType key = binding.getOperandType(0).getKeyType();
        return Objects.requireNonNullElseGet(key, () -> unknown(binding));
    }

    private static RelDataType value(SqlOperatorBinding binding) {
        RelDataType value = binding.getOperandType(0).getValueType();
        return Objects.requireNonNullElseGet(value, () -> unknown(binding));
    }

    private static RelDataType entries(SqlOperatorBinding binding) {
        RelDataType entry = binding.getTypeFactory()
                .createStructType(List.of(key(binding), value(binding)), List.of("key", "value"));
        return array(binding, entry);
    }

    private static RelDataType array(SqlOperatorBinding binding, RelDataType element) {
        return nullable(binding, binding.getTypeFactory().createArrayType(element, -1));
    }

    /** The type with NULL if an argument may be NULL. */
    private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type) {
        boolean nullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return binding.getTypeFactory().createTypeWithNullability(type, nullable);
    }

    private static RelDataType forceNullable(SqlOperatorBinding binding, RelDataType type) {
        return binding.getTypeFactory().createTypeWithNullability(type, true);
    }
}
