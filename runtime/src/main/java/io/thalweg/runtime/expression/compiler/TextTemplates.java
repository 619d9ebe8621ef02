package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.BINARY;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGERS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT_OR_BINARY;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Digest;
import io.thalweg.runtime.expression.function.LikeMatcher;
import io.thalweg.runtime.expression.function.Slice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of text and of binary values. */
final class TextTemplates {
    private static final Set<ArgumentKind> TEXTS = EnumSet.of(TEXT);
    private static final Set<ArgumentKind> BINARIES = EnumSet.of(BINARY);

    private TextTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.CONCATENATE, TextTemplates::concatenate);
        registerChanges(library);
        registerParts(library);
        registerSearches(library);
        library.any(ScalarFunction.LIKE, (call, generator) -> like(call, generator, false));
        library.any(ScalarFunction.LIKE_IGNORE_CASE, (call, generator) -> like(call, generator, true));
        library.define(ScalarFunction.MD5, digest("MD5"), TEXT_OR_BINARY);
        library.define(ScalarFunction.SHA1, digest("SHA-1"), TEXT_OR_BINARY);
        library.define(ScalarFunction.SHA256, digest("SHA-256"), TEXT_OR_BINARY);
        library.define(ScalarFunction.SHA512, digest("SHA-512"), TEXT_OR_BINARY);
        text(library, ScalarFunction.HEXADECIMAL, "hexadecimal($0, $r)", TEXT_OR_BINARY);
    }

    private static void registerChanges(FunctionLibrary.Builder library) {
        text(library, ScalarFunction.UPPER, "upper($0, $r)", TEXTS);
        text(library, ScalarFunction.LOWER, "lower($0, $r)", TEXTS);
        text(library, ScalarFunction.INITIAL_CAPITALS, "initialCapitals($0, $r)", TEXTS);
        text(library, ScalarFunction.REVERSE, "reverse($0, $r)", TEXTS);
        text(library, ScalarFunction.REPLACE, "replace($0, $1, $2, $r)", TEXTS, TEXTS, TEXTS);
        text(library, ScalarFunction.OVERLAY, "overlay($0, $1, $2, $r)", TEXTS, TEXTS, INTEGERS);
        text(library, ScalarFunction.OVERLAY, "overlay($0, $1, $2, $3, $r)", TEXTS, TEXTS, INTEGERS, INTEGERS);
        text(library, ScalarFunction.REPEAT, "repeat($0, $1, $r)", TEXTS, INTEGERS);
        text(library, ScalarFunction.CHARACTER, "character($0, $r)", INTEGERS);
        padding(library, ScalarFunction.PAD_LEFT, "padLeft");
        padding(library, ScalarFunction.PAD_RIGHT, "padRight");
    }

    private static void padding(FunctionLibrary.Builder library, ScalarFunction function, String method) {
        text(library, function, method + "($0, $1, $2, $r)", TEXTS, INTEGERS, TEXTS);
        library.define(
                function,
                StrictTemplate.of(call -> {
                    String space = call.source().constant(Slice.of(" "), Slice.class);
                    return call.fill("TextFunctions." + method + "($0, $1, ") + space + call.fill(", $r)");
                }),
                TEXTS,
                INTEGERS);
    }

    private static void registerParts(FunctionLibrary.Builder library) {
        text(library, ScalarFunction.SUBSTRING, "substring($0, $1, $r)", TEXTS, INTEGERS);
        text(library, ScalarFunction.SUBSTRING, "substring($0, $1, $2, $r)", TEXTS, INTEGERS, INTEGERS);
        text(library, ScalarFunction.SUBSTRING, "binarySubstring($0, $1, $r)", BINARIES, INTEGERS);
        text(library, ScalarFunction.SUBSTRING, "binarySubstring($0, $1, $2, $r)", BINARIES, INTEGERS, INTEGERS);
        text(library, ScalarFunction.TRIM_BOTH, "trimBoth($0, $1, $r)", TEXTS, TEXTS);
        text(library, ScalarFunction.TRIM_LEADING, "trimLeading($0, $1, $r)", TEXTS, TEXTS);
        text(library, ScalarFunction.TRIM_TRAILING, "trimTrailing($0, $1, $r)", TEXTS, TEXTS);
        text(library, ScalarFunction.LEFT, "left($0, $1, $r)", TEXTS, INTEGERS);
        text(library, ScalarFunction.RIGHT, "right($0, $1, $r)", TEXTS, INTEGERS);
        text(library, ScalarFunction.SPLIT_PART, "splitPart($0, $1, $2, $r)", TEXTS, TEXTS, INTEGERS);
        text(library, ScalarFunction.SUBSTRING_INDEX, "substringIndex($0, $1, $2, $r)", TEXTS, TEXTS, INTEGERS);
        library.define(
                ScalarFunction.SPLIT_INDEX,
                StrictTemplate.of(call -> {
                    String found = "found" + call.source().nextNumber();
                    call.before("boolean " + found + " = " + call.fill("TextFunctions.splitIndex($0, $1, $2, $r);"));
                    call.nullIf("!" + found);
                    return "";
                }),
                TEXTS,
                TEXTS,
                INTEGERS);
    }

    private static void registerSearches(FunctionLibrary.Builder library) {
        search(library, ScalarFunction.CHARACTER_LENGTH, "characterLength($0)", TEXTS);
        search(library, ScalarFunction.CHARACTER_LENGTH, "octetLength($0)", BINARIES);
        search(library, ScalarFunction.OCTET_LENGTH, "octetLength($0)", TEXT_OR_BINARY);
        search(library, ScalarFunction.POSITION, "position($0, $1)", TEXTS, TEXTS);
        search(library, ScalarFunction.POSITION, "position($0, $1, $2)", TEXTS, TEXTS, INTEGERS);
        search(library, ScalarFunction.ASCII, "ascii($0)", TEXTS);
        search(library, ScalarFunction.STARTS_WITH, "startsWith($0, $1)", TEXTS, TEXTS);
        search(library, ScalarFunction.ENDS_WITH, "endsWith($0, $1)", TEXTS, TEXTS);
        search(library, ScalarFunction.CONTAINS, "contains($0, $1)", TEXTS, TEXTS);
    }

    @SafeVarargs
    private static void text(
            FunctionLibrary.Builder library, ScalarFunction function, String call, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.of("TextFunctions." + call), parameters);
    }

    @SafeVarargs
    private static void search(
            FunctionLibrary.Builder library, ScalarFunction function, String call, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.of("TextSearch." + call), parameters);
    }

    private static Fragment concatenate(FunctionCall call, ExpressionGenerator generator) {
        List<ScalarExpression> grouped = LogicTemplates.grouped(call, call.arguments());
        StrictTemplate template = StrictTemplate.of(body -> {
            List<String> lengths = new ArrayList<>();
            for (int i = 0; i < body.argumentCount(); i++) {
                lengths.add("(long) " + body.value(i) + ".length");
            }
            body.before(body.result() + ".reserve(" + String.join(" + ", lengths) + ");");
            for (int i = 0; i < body.argumentCount(); i++) {
                body.before("TextFunctions.append(" + body.value(i) + ", " + body.result() + ");");
            }
            return "";
        });
        return template.generate(call, generator.generateAll(grouped), generator.source());
    }

    private static Fragment like(FunctionCall call, ExpressionGenerator generator, boolean ignoreCase) {
        if (call.arguments().stream().anyMatch(argument -> argument.type().name() == TypeName.NULL)) {
            return Fragment.nullOf(call.type());
        }
        StrictTemplate template = StrictTemplate.of(body -> {
            LikeMatcher matcher = new LikeMatcher(ignoreCase);
            String name = body.source().constant(matcher, LikeMatcher.class);
            if (isPrepared(matcher, call)) {
                return name + body.fill(".matches($0)");
            }
            return name
                    + body.fill(body.argumentCount() == 2 ? ".prepare($1)" : ".prepare($1, $2)")
                    + body.fill(".matches($0)");
        });
        return template.generate(call, generator);
    }

    /** Prepares the pattern before the first row if it is constant. */
    private static boolean isPrepared(LikeMatcher matcher, FunctionCall call) {
        Slice pattern = constantText(call, 1);
        Slice escape = constantText(call, 2);
        if (pattern == null || (escape == null && call.arguments().size() > 2)) {
            return false;
        }
        matcher.prepare(pattern, escape);
        return true;
    }

    private static @Nullable Slice constantText(FunctionCall call, int argument) {
        Literal literal = ExpressionGenerator.literalArgument(call, argument);
        return literal != null && literal.value() instanceof String text ? Slice.of(text) : null;
    }

    private static FunctionTemplate digest(String algorithm) {
        return StrictTemplate.of(call -> {
            String digest = call.source().constant(new Digest(algorithm), Digest.class);
            String method = call.type().name().isText() ? "hexadecimal" : "binary";
            return digest + call.fill("." + method + "($0, $r)");
        });
    }
}
