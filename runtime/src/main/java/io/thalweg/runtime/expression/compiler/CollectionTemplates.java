package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.ARRAY;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.MAP;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;

import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.runtime.expression.function.CollectionFunctions;
import java.util.EnumSet;
import java.util.Set;

/** Functions of arrays and maps. */
final class CollectionTemplates {
    private static final Set<ArgumentKind> ARRAYS = EnumSet.of(ARRAY);
    private static final Set<ArgumentKind> MAPS = EnumSet.of(MAP);
    private static final Set<ArgumentKind> TEXTS = EnumSet.of(TEXT);

    private CollectionTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.define(ScalarFunction.CARDINALITY, body("cardinality($0)"), EnumSet.of(ARRAY, MAP));
        library.define(ScalarFunction.ARRAY_CONTAINS, search("position($0, #) > 0"), ARRAYS, ArgumentKind.ANY);
        library.define(ScalarFunction.ARRAY_POSITION, search("position($0, #)"), ARRAYS, ArgumentKind.ANY);
        library.define(ScalarFunction.ARRAY_REMOVE, search("remove($0, #, $r)"), ARRAYS, ArgumentKind.ANY);
        library.define(ScalarFunction.MAP_CONTAINS_KEY, search("position($0, #) > 0"), MAPS, ArgumentKind.ANY);
        library.define(ScalarFunction.ARRAY_DISTINCT, body("distinct($0, $r)"), ARRAYS);
        library.define(ScalarFunction.ARRAY_REVERSE, body("reverse($0, $r)"), ARRAYS);
        library.define(ScalarFunction.ARRAY_SORT, body("sort($0, $r)"), ARRAYS);
        library.define(
                ScalarFunction.ARRAY_SLICE,
                body("slice($0, $1, $2, $r)"),
                ARRAYS,
                ArgumentKind.INTEGERS,
                ArgumentKind.INTEGERS);
        library.define(ScalarFunction.ARRAY_JOIN, body("join($0, $1, $r)"), ARRAYS, TEXTS);
        library.define(ScalarFunction.ARRAY_JOIN, body("join($0, $1, $2, $r)"), ARRAYS, TEXTS, TEXTS);
        library.define(ScalarFunction.MAP_KEYS, body("keys($0, $r)"), MAPS);
        library.define(ScalarFunction.MAP_VALUES, body("values($0, $r)"), MAPS);
        library.define(ScalarFunction.MAP_ENTRIES, body("entries($0, $r)"), MAPS);
        library.define(ScalarFunction.ARRAY_MINIMUM, element("extreme($0, false)"), ARRAYS);
        library.define(ScalarFunction.ARRAY_MAXIMUM, element("extreme($0, true)"), ARRAYS);
        library.define(ScalarFunction.ONLY_ELEMENT, element("only($0)"), ARRAYS);
        library.define(ScalarFunction.SPLIT, made("split($0, $1, $r)"), TEXTS, TEXTS);
        library.define(ScalarFunction.MAP_FROM_ARRAYS, StrictTemplate.of(CollectionTemplates::map), ARRAYS, ARRAYS);
        library.define(ScalarFunction.ARRAY_INTERSECT, pair("selected($0, #, $1, true, $r)"), ARRAYS, ARRAYS);
        library.define(ScalarFunction.ARRAY_EXCEPT, pair("selected($0, #, $1, false, $r)"), ARRAYS, ARRAYS);
        library.define(ScalarFunction.ARRAYS_OVERLAP, pair("overlaps($0, #, $1)"), ARRAYS, ARRAYS);
        library.define(ScalarFunction.ARRAY_FLATTEN, body("flatten($0, $r)"), ARRAYS);
        library.define(ScalarFunction.ARRAY_REPEAT, body("repeat($0, $1, $r)"), ARRAYS, ArgumentKind.INTEGERS);
        library.define(
                ScalarFunction.SEQUENCE,
                made("sequence($0, $1, $2, $r)"),
                ArgumentKind.INTEGERS,
                ArgumentKind.INTEGERS,
                ArgumentKind.INTEGERS);
        library.any(ScalarFunction.MAP_CONCAT, StrictTemplate.of(CollectionTemplates::concatMaps));
        library.any(ScalarFunction.ARRAY_CONCAT, StrictTemplate.of(CollectionTemplates::concat));
    }

    /** A method of the functions of the first argument's type. */
    private static FunctionTemplate body(String pattern) {
        return StrictTemplate.of(call -> functions(call, 0) + "." + call.fill(pattern));
    }

    /** The same with {@code #} for the second argument as a marked component. */
    private static FunctionTemplate search(String pattern) {
        return StrictTemplate.of(
                call -> functions(call, 0) + "." + call.fill(pattern).replace("#", NestedTemplates.key(call)));
    }

    private static FunctionTemplate element(String pattern) {
        return StrictTemplate.of(call -> NestedTemplates.find(call, pattern));
    }

    private static String functions(StrictCall call, int argument) {
        return call.source().constant(new CollectionFunctions(call.type(argument)), CollectionFunctions.class);
    }

    /** A method of the functions of the result's type. */
    private static FunctionTemplate made(String pattern) {
        return StrictTemplate.of(
                call -> call.source().constant(new CollectionFunctions(call.type()), CollectionFunctions.class) + "."
                        + call.fill(pattern));
    }

    /** A method of two collections, with {@code #} for the functions of the second. */
    private static FunctionTemplate pair(String pattern) {
        return StrictTemplate.of(
                call -> functions(call, 0) + "." + call.fill(pattern).replace("#", functions(call, 1)));
    }

    private static String concatMaps(StrictCall call) {
        String functions = functions(call, 0);
        call.before(functions + ".begin();");
        for (int i = 0; i < call.argumentCount(); i++) {
            call.before(functions + ".addEntries(" + call.value(i) + ");");
        }
        return functions + ".endMap(" + call.result() + ")";
    }

    private static String map(StrictCall call) {
        return functions(call, 0) + call.fill(".map($0, $1, ") + functions(call, 1) + call.fill(", $r)");
    }

    private static String concat(StrictCall call) {
        String functions = functions(call, 0);
        call.before(functions + ".begin();");
        for (int i = 0; i < call.argumentCount(); i++) {
            call.before(functions + ".add(" + call.value(i) + ");");
        }
        return functions + ".end(" + call.result() + ")";
    }
}
