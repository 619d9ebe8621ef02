package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT_OR_BINARY;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.runtime.expression.function.UrlPart;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
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
        define(library, ScalarFunction.UTF8_ENCODE, "EncodingFunctions.encodeUtf8($0, $r)", TEXTS);
        define(
                library,
                ScalarFunction.UTF8_DECODE,
                "EncodingFunctions.decodeUtf8($0, $r)",
                EnumSet.of(ArgumentKind.BINARY));
        library.any(ScalarFunction.NORMALIZE, EncodingTemplates::normalize);
        library.any(ScalarFunction.URL_PART, EncodingTemplates::urlPart);
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

    /** Strict in its first argument; the form is a literal. */
    private static Fragment normalize(FunctionCall call, ExpressionGenerator generator) {
        if (ArgumentKind.of(call.argument(0).type()) == ArgumentKind.NULL) {
            return Fragment.nullOf(call.type());
        }
        Normalizer.Form form = Normalizer.Form.valueOf(word(call, 1));
        StrictTemplate template =
                StrictTemplate.of("EncodingFunctions.normalize($0, java.text.Normalizer.Form." + form + ", $r)");
        return template.generate(call, List.of(generator.generate(call.argument(0))), generator.source());
    }

    /** NULL where the URL has no such part. */
    private static Fragment urlPart(FunctionCall call, ExpressionGenerator generator) {
        UrlPart part = UrlPart.valueOf(word(call, 1));
        List<ScalarExpression> arguments = new ArrayList<>(List.of(call.argument(0)));
        arguments.addAll(call.arguments().subList(2, call.arguments().size()));
        if (arguments.stream().anyMatch(a -> ArgumentKind.of(a.type()) == ArgumentKind.NULL)) {
            return Fragment.nullOf(call.type());
        }
        StrictTemplate template = StrictTemplate.of(body -> {
            String found = "found" + body.source().nextNumber();
            String key = body.argumentCount() > 1 ? body.fill(", $1") : "";
            body.before("boolean " + found + " = UrlPart." + part + body.fill(".find($0") + key + body.fill(", $r);"));
            body.nullIf("!" + found);
            return "";
        });
        return template.generate(call, generator.generateAll(arguments), generator.source());
    }

    private static String word(FunctionCall call, int argument) {
        Literal literal = ExpressionGenerator.literalArgument(call, argument);
        return String.valueOf(
                Objects.requireNonNull(literal, "an argument that is a literal").value());
    }
}
