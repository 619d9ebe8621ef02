package io.thalweg.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** What JSON is put together of. */
public final class JsonOperators {
    private static final SqlReturnTypeInference TEXT =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** {@code TO_JSON(value)}: its JSON as text. */
    public static final SqlFunction TO_JSON = SqlBasicFunction.create("TO_JSON", TEXT, OperandTypes.ANY)
            .withOperandTypeInference(InferTypes.VARCHAR_1024);
    /** A text that says it is JSON, {@code text FORMAT JSON}. Made by a rewrite, not by users. */
    public static final SqlFunction CHECKED = SqlBasicFunction.create("$JSON_CHECKED", TEXT, OperandTypes.CHARACTER)
            .withOperandTypeInference(InferTypes.VARCHAR_1024);

    /** The names of those that become calls of others before they are looked up. */
    static final List<String> REWRITTEN = List.of("json_object", "json_array", "json_objectagg", "json_arrayagg");

    private JsonOperators() {}
}
