package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.runtime.expression.json.JsonInspection;
import io.thalweg.runtime.expression.json.JsonOfNested;
import io.thalweg.runtime.expression.json.JsonQuery;
import java.util.List;
import java.util.Objects;

/** Questions to JSON texts, and what makes such texts. All arguments but the text are literals; the path is read once. */
final class JsonTemplates {
    private JsonTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        registerWriting(library);
        registerInspection(library);
        library.any(ScalarFunction.JSON_VALUE, ofText(JsonTemplates::value));
        library.any(ScalarFunction.JSON_OUTCOME, ofText(call -> query(call) + call.fill(".outcome($0)")));
        library.any(ScalarFunction.JSON_QUERY, ofText(JsonTemplates::fragment));
        library.any(ScalarFunction.JSON_EXISTS, ofText(JsonTemplates::exists));
        library.any(
                ScalarFunction.IS_JSON,
                ofText(call -> call.fill("JsonQuery.isJson($0, \"") + literal(call.call(), 1) + "\")"));
    }

    private static void registerWriting(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.JSON_QUOTE, ofText(call -> call.fill("JsonWriting.quote($0, $r)")));
        library.any(ScalarFunction.JSON_CHECKED, ofText(call -> call.fill("JsonWriting.check($0, $r)")));
        library.any(
                ScalarFunction.JSON_OF,
                ofText(call -> call.source().constant(new JsonOfNested(call.type(0)), JsonOfNested.class)
                        + call.fill(".write($0, $r)")));
    }

    private static void registerInspection(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.JSON_TYPE, ofText(call -> inspect(call, ".type($0, $r)")));
        library.any(ScalarFunction.JSON_LENGTH, ofText(call -> inspect(call, ".length($0)")));
        library.any(ScalarFunction.JSON_KEYS, ofText(call -> inspect(call, ".keys($0, $r)")));
        library.any(ScalarFunction.JSON_DEPTH, ofText(call -> inspect(call, ".depth($0)")));
        library.any(ScalarFunction.JSON_PRETTY, ofText(call -> inspect(call, ".pretty($0, $r)")));
    }

    private static String inspect(StrictCall call, String pattern) {
        JsonInspection inspection = new JsonInspection(literal(call.call(), 1).toString());
        String name = call.source().constant(inspection, JsonInspection.class);
        call.nullIf(name + ".isNull()");
        return name + call.fill(pattern);
    }

    /** Strict in its first argument only. */
    private static FunctionTemplate ofText(StrictTemplate.Body body) {
        StrictTemplate template = StrictTemplate.of(body);
        return (call, generator) -> {
            if (ArgumentKind.of(call.argument(0).type()) == ArgumentKind.NULL) {
                return Fragment.nullOf(call.type());
            }
            return template.generate(call, List.of(generator.generate(call.argument(0))), generator.source());
        };
    }

    private static Object literal(FunctionCall call, int argument) {
        return Objects.requireNonNull(
                ((Literal) call.argument(argument)).value(), "a literal of a JSON function is NULL");
    }

    private static String query(StrictCall call) {
        JsonQuery query = new JsonQuery(literal(call.call(), 1).toString());
        return call.source().constant(query, JsonQuery.class);
    }

    private static String value(StrictCall call) {
        String query = query(call);
        call.nullIf(query + ".isNull()");
        return query + call.fill(".scalar($0, ") + flag(call, 2) + ", " + flag(call, 3) + call.fill(", $r)");
    }

    private static boolean flag(StrictCall call, int argument) {
        return literal(call.call(), argument).equals(1);
    }

    private static String fragment(StrictCall call) {
        String query = query(call);
        call.nullIf(query + ".isNull()");
        return query + call.fill(".fragment($0, ") + literal(call.call(), 2) + ", " + otherwise(call, 3) + ", "
                + otherwise(call, 4) + call.fill(", $r)");
    }

    private static String otherwise(StrictCall call, int argument) {
        Object text = ((Literal) call.call().argument(argument)).value();
        return text == null ? "(Slice) null" : call.source().constant(Slice.of(text.toString()), Slice.class);
    }

    private static String exists(StrictCall call) {
        String query = query(call);
        call.nullIf(query + ".isNull()");
        return query + call.fill(".exists($0, ") + literal(call.call(), 2) + ")";
    }
}
