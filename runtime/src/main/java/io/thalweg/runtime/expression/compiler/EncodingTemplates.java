package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT_OR_BINARY;

import io.thalweg.model.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.Set;

/** Functions that write bytes as text, read them again, or compare texts by their letters. */
final class EncodingTemplates {
    private static final Set<ArgumentKind> TEXTS = EnumSet.of(TEXT);

    private EncodingTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        define(library, ScalarFunction.TO_BASE64, "EncodingFunctions.toBase64($0, $r)", TEXT_OR_BINARY);
        define(library, ScalarFunction.FROM_BASE64, "EncodingFunctions.fromBase64($0, $r)", TEXTS);
        define(library, ScalarFunction.URL_ENCODE, "EncodingFunctions.urlEncode($0, $r)", TEXTS);
        define(library, ScalarFunction.URL_DECODE, "EncodingFunctions.urlDecode($0, $r)", TEXTS);
        define(library, ScalarFunction.UNHEX, "EncodingFunctions.unhex($0, $r)", TEXTS);
        define(library, ScalarFunction.CRC32, "EncodingFunctions.crc32($0)", TEXT_OR_BINARY);
        define(library, ScalarFunction.SOUNDEX, "EncodingFunctions.soundex($0, $r)", TEXTS);
        define(library, ScalarFunction.LEVENSHTEIN, "EncodingFunctions.levenshtein($0, $1)", TEXTS, TEXTS);
        define(library, ScalarFunction.TRANSLATE, "EncodingFunctions.translate($0, $1, $2, $r)", TEXTS, TEXTS, TEXTS);
    }

    @SafeVarargs
    private static void define(
            FunctionLibrary.Builder library, ScalarFunction function, String body, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.of(body), parameters);
    }
}
