package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.Nullability;
import io.thalweg.parser.ast.TypeReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeResolverTest {
    private static TypeReference reference(String name, String arguments, Nullability nullability) {
        List<Integer> numbers = arguments == null
                ? List.of()
                : Stream.of(arguments.split(" ")).map(Integer::valueOf).toList();
        return new TypeReference(name, numbers, List.of(), nullability, name, SourceSpan.at(1, 5));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            INT,                            ,     INTEGER
            BIGINT,                         ,     BIGINT
            FLOAT,                          ,     DOUBLE
            DOUBLE PRECISION,               ,     DOUBLE
            DECIMAL,                        ,     'DECIMAL(38, 0)'
            NUMERIC,                        12,   'DECIMAL(12, 0)'
            DECIMAL,                        12 2, 'DECIMAL(12, 2)'
            VARCHAR,                        ,     VARCHAR
            VARCHAR,                        10,   VARCHAR(10)
            STRING,                         ,     VARCHAR
            CHAR,                           ,     CHAR(1)
            BYTES,                          ,     VARBINARY
            TIME,                           ,     TIME(6)
            TIMESTAMP,                      ,     TIMESTAMP(6)
            TIMESTAMP,                      3,    TIMESTAMP(3)
            TIMESTAMP WITH LOCAL TIME ZONE, 3,    TIMESTAMP(3) WITH LOCAL TIME ZONE
            """)
    void findsTypes(String name, String arguments, String type) {
        assertEquals(
                type,
                TypeResolver.resolve(reference(name, arguments, Nullability.UNSPECIFIED))
                        .toString());
    }

    @Test
    void keepsNotNull() {
        assertEquals(
                "BIGINT NOT NULL",
                TypeResolver.resolve(reference("BIGINT", null, Nullability.NOT_NULL))
                        .toString());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ARRAY,     ,     SYNTAX_ERROR
            INTERVAL,  ,     FEATURE_NOT_SUPPORTED
            DECIMAL,   39,   ARGUMENT_OUT_OF_RANGE
            DECIMAL,   5 6,  ARGUMENT_OUT_OF_RANGE
            TIMESTAMP, 9,    ARGUMENT_OUT_OF_RANGE
            VARCHAR,   0,    ARGUMENT_OUT_OF_RANGE
            INT,       4,    ARGUMENT_OUT_OF_RANGE
            """)
    void refusesOthers(String name, String arguments, ErrorCode code) {
        ThalwegException error = assertThrows(
                ThalwegException.class,
                () -> TypeResolver.resolve(reference(name, arguments, Nullability.UNSPECIFIED)));
        assertEquals(code, error.code());
        assertEquals(SourceSpan.at(1, 5), error.span().orElseThrow());
    }
}
