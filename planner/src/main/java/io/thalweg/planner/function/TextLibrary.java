package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.BYTES;
import static io.thalweg.planner.function.LibraryFunction.Parameter.INTEGER;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT_OR_BYTES;

import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.planner.function.LibraryFunction.Parameter;
import java.util.List;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions on text that need no syntax of their own. */
final class TextLibrary {
    private static final SqlReturnTypeInference VARCHAR =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);

    static final List<LibraryFunction> FUNCTIONS = List.of(
            text("UPPER", ScalarFunction.UPPER, TEXT),
            text("UCASE", ScalarFunction.UPPER, TEXT),
            text("LOWER", ScalarFunction.LOWER, TEXT),
            text("LCASE", ScalarFunction.LOWER, TEXT),
            text("INITCAP", ScalarFunction.INITIAL_CAPITALS, TEXT),
            number("CHAR_LENGTH", ScalarFunction.CHARACTER_LENGTH, TEXT),
            number("CHARACTER_LENGTH", ScalarFunction.CHARACTER_LENGTH, TEXT),
            number("LENGTH", ScalarFunction.CHARACTER_LENGTH, TEXT),
            number("LEN", ScalarFunction.CHARACTER_LENGTH, TEXT),
            number("OCTET_LENGTH", ScalarFunction.OCTET_LENGTH, TEXT_OR_BYTES),
            LibraryFunction.of("SUBSTR", ScalarFunction.SUBSTRING, VARCHAR, 2, TEXT, INTEGER, INTEGER),
            text("BTRIM", ScalarFunction.TRIM_BOTH, TEXT, TEXT),
            text("REPLACE", ScalarFunction.REPLACE, TEXT, TEXT, TEXT),
            text("LEFT", ScalarFunction.LEFT, TEXT, INTEGER),
            text("RIGHT", ScalarFunction.RIGHT, TEXT, INTEGER),
            text("REVERSE", ScalarFunction.REVERSE, TEXT),
            text("REPEAT", ScalarFunction.REPEAT, TEXT, INTEGER),
            LibraryFunction.of("LPAD", ScalarFunction.PAD_LEFT, VARCHAR, 2, TEXT, INTEGER, TEXT),
            LibraryFunction.of("RPAD", ScalarFunction.PAD_RIGHT, VARCHAR, 2, TEXT, INTEGER, TEXT),
            number("ASCII", ScalarFunction.ASCII, TEXT),
            number("UNICODE", ScalarFunction.ASCII, TEXT),
            number("ORD", ScalarFunction.ASCII, TEXT),
            text("CHR", ScalarFunction.CHARACTER, INTEGER),
            truth("STARTS_WITH", ScalarFunction.STARTS_WITH),
            truth("ENDS_WITH", ScalarFunction.ENDS_WITH),
            truth("STARTSWITH", ScalarFunction.STARTS_WITH),
            truth("ENDSWITH", ScalarFunction.ENDS_WITH),
            truth("CONTAINS", ScalarFunction.CONTAINS),
            text("SPLIT_PART", ScalarFunction.SPLIT_PART, TEXT, TEXT, INTEGER),
            LibraryFunction.of(
                    "SPLIT_INDEX",
                    ScalarFunction.SPLIT_INDEX,
                    ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
                    3,
                    TEXT,
                    TEXT,
                    INTEGER),
            text("SUBSTRING_INDEX", ScalarFunction.SUBSTRING_INDEX, TEXT, TEXT, INTEGER),
            bytes("TO_UTF8", ScalarFunction.UTF8_ENCODE),
            text("FROM_UTF8", ScalarFunction.UTF8_DECODE, BYTES),
            LibraryFunction.of(
                    "REGEXP_INSTR", ScalarFunction.REGEX_POSITION, ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT),
            array("REGEXP_EXTRACT_ALL", ScalarFunction.REGEX_EXTRACT_ALL, TEXT, TEXT, INTEGER),
            array("REGEXP_SPLIT", ScalarFunction.REGEX_SPLIT, TEXT, TEXT),
            array("REGEXP_SPLIT_TO_ARRAY", ScalarFunction.REGEX_SPLIT, TEXT, TEXT),
            LibraryFunction.of(
                    "LEVENSHTEIN_DISTANCE", ScalarFunction.LEVENSHTEIN, ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT),
            text("TRANSLATE3", ScalarFunction.TRANSLATE, TEXT, TEXT, TEXT),
            text("SOUNDEX", ScalarFunction.SOUNDEX, TEXT),
            LibraryFunction.of("LEVENSHTEIN", ScalarFunction.LEVENSHTEIN, ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT),
            text("TO_BASE64", ScalarFunction.TO_BASE64, TEXT_OR_BYTES),
            bytes("FROM_BASE64", ScalarFunction.FROM_BASE64),
            text("URL_ENCODE", ScalarFunction.URL_ENCODE, TEXT),
            text("URL_DECODE", ScalarFunction.URL_DECODE, TEXT),
            bytes("UNHEX", ScalarFunction.UNHEX),
            truth("REGEXP_LIKE", ScalarFunction.REGEX_MATCHES),
            truth("REGEXP", ScalarFunction.REGEX_MATCHES),
            extract("REGEXP_EXTRACT"),
            extract("REGEXP_SUBSTR"),
            text("REGEXP_REPLACE", ScalarFunction.REGEX_REPLACE, TEXT, TEXT, TEXT),
            LibraryFunction.of("REGEXP_COUNT", ScalarFunction.REGEX_COUNT, ReturnTypes.INTEGER_NULLABLE, 2, TEXT, TEXT),
            text("MD5", ScalarFunction.MD5, TEXT_OR_BYTES),
            text("SHA1", ScalarFunction.SHA1, TEXT_OR_BYTES),
            text("SHA512", ScalarFunction.SHA512, TEXT_OR_BYTES),
            LibraryFunction.of("CRC32", ScalarFunction.CRC32, ReturnTypes.BIGINT_NULLABLE, 1, TEXT_OR_BYTES),
            text("SHA256", ScalarFunction.SHA256, TEXT_OR_BYTES),
            text("HEX", ScalarFunction.HEXADECIMAL, TEXT_OR_BYTES),
            text("TO_HEX", ScalarFunction.HEXADECIMAL, TEXT_OR_BYTES));

    private TextLibrary() {}

    private static LibraryFunction text(String name, ScalarFunction implementation, Parameter... parameters) {
        return LibraryFunction.of(name, implementation, VARCHAR, parameters.length, parameters);
    }

    private static LibraryFunction bytes(String name, ScalarFunction implementation) {
        SqlReturnTypeInference result =
                ReturnTypes.explicit(SqlTypeName.VARBINARY).andThen(SqlTypeTransforms.TO_NULLABLE);
        return LibraryFunction.of(name, implementation, result, 1, TEXT);
    }

    private static LibraryFunction array(String name, ScalarFunction implementation, Parameter... parameters) {
        SqlReturnTypeInference texts = binding -> binding.getTypeFactory()
                .createArrayType(binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), -1);
        return LibraryFunction.of(name, implementation, texts.andThen(SqlTypeTransforms.TO_NULLABLE), 2, parameters);
    }

    /** The whole match, unless a group is asked for. */
    private static LibraryFunction extract(String name) {
        SqlReturnTypeInference result =
                ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);
        return LibraryFunction.of(name, ScalarFunction.REGEX_EXTRACT, result, 2, TEXT, TEXT, INTEGER);
    }

    private static LibraryFunction number(String name, ScalarFunction implementation, Parameter parameter) {
        return LibraryFunction.of(name, implementation, ReturnTypes.INTEGER_NULLABLE, 1, parameter);
    }

    private static LibraryFunction truth(String name, ScalarFunction implementation) {
        return LibraryFunction.of(name, implementation, ReturnTypes.BOOLEAN_NULLABLE, 2, TEXT, TEXT);
    }
}
