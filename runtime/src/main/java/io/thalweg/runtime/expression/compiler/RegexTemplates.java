package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGERS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;

import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.runtime.expression.function.RegexMatcher;
import java.util.EnumSet;
import java.util.Set;

/** Functions of regular expressions; each call has a matcher of its own, which keeps the pattern of the last row. */
final class RegexTemplates {
    private static final Set<ArgumentKind> TEXTS = EnumSet.of(TEXT);

    private RegexTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.define(ScalarFunction.REGEX_MATCHES, body(false, ".prepare($1).matches($0)"), TEXTS, TEXTS);
        library.define(ScalarFunction.SIMILAR, body(true, ".prepare($1).matches($0)"), TEXTS, TEXTS);
        library.define(ScalarFunction.SIMILAR, body(true, ".prepare($1, $2).matches($0)"), TEXTS, TEXTS, TEXTS);
        library.define(ScalarFunction.REGEX_COUNT, body(false, ".prepare($1).count($0)"), TEXTS, TEXTS);
        library.define(ScalarFunction.REGEX_POSITION, body(false, ".prepare($1).position($0)"), TEXTS, TEXTS);
        library.define(ScalarFunction.REGEX_SPLIT, body(false, ".prepare($1).split($0, $r)"), TEXTS, TEXTS);
        library.define(
                ScalarFunction.REGEX_EXTRACT_ALL,
                body(false, ".prepare($1).extractAll($0, (int) $2, $r)"),
                TEXTS,
                TEXTS,
                INTEGERS);
        library.define(
                ScalarFunction.REGEX_REPLACE, body(false, ".prepare($1).replace($0, $2, $r)"), TEXTS, TEXTS, TEXTS);
        library.define(
                ScalarFunction.REGEX_EXTRACT,
                StrictTemplate.of(call -> {
                    String matcher = matcher(call, false);
                    String found = "found" + call.source().nextNumber();
                    call.before("boolean " + found + " = " + matcher
                            + call.fill(".prepare($1).extract($0, (int) $2, $r);"));
                    call.nullIf("!" + found);
                    return "";
                }),
                TEXTS,
                TEXTS,
                INTEGERS);
    }

    private static FunctionTemplate body(boolean isSimilar, String pattern) {
        return StrictTemplate.of(call -> matcher(call, isSimilar) + call.fill(pattern));
    }

    private static String matcher(StrictCall call, boolean isSimilar) {
        return call.source().constant(new RegexMatcher(isSimilar), RegexMatcher.class);
    }
}
