package io.thalweg.runtime.expression.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonQueryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$           | {\"a\": [1, 2]}            | {\"a\":[1,2]}",
                "$.a         | {\"a\": 1, \"a\": 2}       | [2]",
                "$.a         | [{\"a\": 1}, {\"a\": 2}]   | [1,2]",
                "strict $.a  | [{\"a\": 1}]               | error",
                "strict $.b  | {\"a\": 1}                 | error",
                "$.b         | {\"a\": 1}                 | empty",
                "$.*         | {\"a\": 1, \"b\": [ ]}     | [1,[]]",
                "$[*]        | 7                          | [7]",
                "$[0]        | 7                          | [7]",
                "$[1]        | 7                          | empty",
                "strict $[0] | 7                          | error",
                "$[last]     | [1, 2, 3]                  | [3]",
                "$[0, 2]     | [1, 2, 3]                  | [1,3]",
                "$[1 to last]| [1, 2, 3]                  | [2,3]",
                "$[5]        | [1, 2, 3]                  | empty",
                "$.\"x y\"   | {\"x y\": \"a \\\" b\"}    | [\"a \\\" b\"]",
                "$.ab        | {\"a\\u0062\": true}       | [true]",
                "$           | {\"a\": }                  | error",
                "$           | [1, 2                      | error",
                "$           | 01                         | error",
                "$           | -1.5e+3                    | [-1.5e+3]",
                "$           | 'null'                     | [null]",
            })
    void findsWhatThePathLeadsTo(String path, String json, String expected) {
        Slice result = new Slice();
        JsonQuery query = new JsonQuery(path);
        query.fragment(Slice.of(json), 2, Slice.of("empty"), Slice.of("error"), result);
        assertEquals(expected, result.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$.", "$[", "$[a]", "$[-1]", "$x", "$[1 to]", "$.\"a", "$ ? (@ > 1)"})
    void refusesWhatIsNoPath(String path) {
        assertEquals(
                ErrorCode.ARGUMENT_OUT_OF_RANGE,
                assertThrows(ThalwegException.class, () -> new JsonQuery(path)).code());
    }

    @Test
    void takesNoTextForJsonThatIsNestedWithoutEnd() {
        assertEquals(false, JsonQuery.isJson(Slice.of("[".repeat(100_000)), "VALUE"));
        assertEquals(true, JsonQuery.isJson(Slice.of("[".repeat(300) + "]".repeat(300)), "ARRAY"));
    }

    @Test
    void readsEscapes() {
        Slice result = new Slice();
        new JsonQuery("$").scalar(Slice.of("\"a\\n\\u00e4\\ud834\\udd1e\\/\\\"\""), true, true, result);
        assertEquals("a\n\u00e4\ud834\udd1e/\"", result.text());
    }
}
