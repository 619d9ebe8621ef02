package io.thalweg.planner.function;

import io.thalweg.model.plan.AggregateFunction;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/** The aggregate functions: what the validator checks a call against, and what the runtime folds. */
public final class AggregateLibrary {
    private static final SqlReturnTypeInference DOUBLE =
            ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference SAME = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference TEXT =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlOperandTypeChecker PAIR = OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC);

    /** The names of all, with what the runtime calls them. */
    public static final List<Definition> DEFINITIONS = List.of(
            new Definition(SqlStdOperatorTable.COUNT, AggregateFunction.COUNT),
            new Definition(SqlStdOperatorTable.SUM, AggregateFunction.SUM),
            new Definition(SqlStdOperatorTable.AVG, AggregateFunction.AVERAGE),
            new Definition(SqlStdOperatorTable.MIN, AggregateFunction.MINIMUM),
            new Definition(SqlStdOperatorTable.MAX, AggregateFunction.MAXIMUM),
            define("COUNTIF", AggregateFunction.COUNT_ROWS, ReturnTypes.BIGINT, OperandTypes.BOOLEAN),
            define("APPROX_COUNT_DISTINCT", AggregateFunction.COUNT, ReturnTypes.BIGINT, OperandTypes.ANY),
            define("ANY_VALUE", AggregateFunction.MINIMUM, SAME, OperandTypes.ANY),
            define("BOOL_AND", AggregateFunction.MINIMUM, SAME, OperandTypes.BOOLEAN),
            define("EVERY", AggregateFunction.MINIMUM, SAME, OperandTypes.BOOLEAN),
            define("BOOL_OR", AggregateFunction.MAXIMUM, SAME, OperandTypes.BOOLEAN),
            define("SOME", AggregateFunction.MAXIMUM, SAME, OperandTypes.BOOLEAN),
            define("BIT_AND", AggregateFunction.BIT_AND, SAME, OperandTypes.INTEGER),
            define("BIT_OR", AggregateFunction.BIT_OR, SAME, OperandTypes.INTEGER),
            define("BIT_XOR", AggregateFunction.BIT_XOR, SAME, OperandTypes.INTEGER),
            moment("VAR_POP", AggregateFunction.VARIANCE_OF_POPULATION),
            moment("VAR_SAMP", AggregateFunction.VARIANCE_OF_SAMPLE),
            moment("VARIANCE", AggregateFunction.VARIANCE_OF_SAMPLE),
            moment("STDDEV_POP", AggregateFunction.DEVIATION_OF_POPULATION),
            moment("STDDEV_SAMP", AggregateFunction.DEVIATION_OF_SAMPLE),
            moment("STDDEV", AggregateFunction.DEVIATION_OF_SAMPLE),
            ofPairs("COVAR_POP", AggregateFunction.COVARIANCE_OF_POPULATION),
            ofPairs("COVAR_SAMP", AggregateFunction.COVARIANCE_OF_SAMPLE),
            ofPairs("CORR", AggregateFunction.CORRELATION),
            define("REGR_COUNT", AggregateFunction.REGRESSION_COUNT, ReturnTypes.BIGINT, PAIR),
            ofPairs("REGR_AVGX", AggregateFunction.REGRESSION_AVERAGE_X),
            ofPairs("REGR_AVGY", AggregateFunction.REGRESSION_AVERAGE_Y),
            ofPairs("REGR_SXX", AggregateFunction.REGRESSION_SUM_XX),
            ofPairs("REGR_SYY", AggregateFunction.REGRESSION_SUM_YY),
            ofPairs("REGR_SXY", AggregateFunction.REGRESSION_SUM_XY),
            ofPairs("REGR_SLOPE", AggregateFunction.REGRESSION_SLOPE),
            ofPairs("REGR_INTERCEPT", AggregateFunction.REGRESSION_INTERCEPT),
            ofPairs("REGR_R2", AggregateFunction.REGRESSION_R2),
            define("ARG_MIN", AggregateFunction.VALUE_AT_MINIMUM, SAME, OperandTypes.ANY_ANY),
            define("MIN_BY", AggregateFunction.VALUE_AT_MINIMUM, SAME, OperandTypes.ANY_ANY),
            define("ARG_MAX", AggregateFunction.VALUE_AT_MAXIMUM, SAME, OperandTypes.ANY_ANY),
            define("MAX_BY", AggregateFunction.VALUE_AT_MAXIMUM, SAME, OperandTypes.ANY_ANY),
            define("MODE", AggregateFunction.MODE, SAME, OperandTypes.ANY),
            define("MEDIAN", AggregateFunction.PERCENTILE_CONTINUOUS, DOUBLE, OperandTypes.NUMERIC),
            percentile("PERCENTILE_CONT", AggregateFunction.PERCENTILE_CONTINUOUS, DOUBLE),
            percentile(
                    "PERCENTILE_DISC",
                    AggregateFunction.PERCENTILE_DISCRETE,
                    ReturnTypes.PERCENTILE_DISC_CONT.andThen(SqlTypeTransforms.FORCE_NULLABLE)),
            define(
                    "APPROX_PERCENTILE",
                    AggregateFunction.PERCENTILE_DISCRETE,
                    SAME,
                    OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.NUMERIC)),
            list("LISTAGG", SqlSyntax.FUNCTION),
            list("STRING_AGG", SqlSyntax.ORDERED_FUNCTION));

    private AggregateLibrary() {}

    /** A function under one of its names. */
    public record Definition(SqlAggFunction operator, AggregateFunction function) {
        public String name() {
            return operator.getName();
        }
    }

    /** What the runtime folds for a name in upper case, if there is such a function. */
    public static Optional<AggregateFunction> find(String name) {
        return DEFINITIONS.stream()
                .filter(definition -> definition.name().equals(name))
                .map(Definition::function)
                .findFirst();
    }

    private static Definition define(
            String name, AggregateFunction function, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
        return new Definition(SqlBasicAggFunction.create(name, SqlKind.OTHER_FUNCTION, result, operands), function);
    }

    private static Definition moment(String name, AggregateFunction function) {
        return define(name, function, DOUBLE, OperandTypes.NUMERIC);
    }

    private static Definition ofPairs(String name, AggregateFunction function) {
        return define(name, function, DOUBLE, PAIR);
    }

    private static Definition percentile(String name, AggregateFunction function, SqlReturnTypeInference result) {
        SqlAggFunction operator = SqlBasicAggFunction.create(
                        name, SqlKind.OTHER_FUNCTION, result, OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
                .withGroupOrder(Optionality.MANDATORY);
        return new Definition(operator, function);
    }

    private static Definition list(String name, SqlSyntax syntax) {
        SqlAggFunction operator = SqlBasicAggFunction.create(
                        name,
                        syntax == SqlSyntax.FUNCTION ? SqlKind.LISTAGG : SqlKind.STRING_AGG,
                        TEXT,
                        OperandTypes.STRING.or(OperandTypes.STRING_STRING))
                .withGroupOrder(Optionality.OPTIONAL)
                .withSyntax(syntax);
        return new Definition(operator, AggregateFunction.LIST_OF_TEXT);
    }
}
