package io.thalweg.model.expression;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which method of which jar a call of {@link ScalarFunction#JAVA} is of. The jar is known by the digest of its bytes, so that a
 * stored plan never runs other code than the one it was made for.
 *
 * @param function what the function is called in SQL
 * @param jar the name of the file, for messages
 * @param digest SHA-256 of the jar in hexadecimal
 * @param deterministic whether equal arguments always give equal results
 */
public record JavaMethod(
        String function, String jar, String digest, String className, boolean deterministic, JavaSignature signature) {
    private static final String SEPARATOR = "\n";

    /** The method as the constant text that is the first argument of a call. */
    public Literal literal() {
        Stream<String> types = Stream.concat(Stream.of(signature.result()), signature.parameters().stream())
                .map(JavaType::name);
        return Literal.of(String.join(
                SEPARATOR,
                function,
                jar,
                digest,
                className,
                String.valueOf(deterministic),
                types.collect(Collectors.joining(","))));
    }

    /** The method that a call is of; throws IllegalArgumentException if its first argument is no {@link #literal}. */
    public static JavaMethod of(FunctionCall call) {
        boolean isText = call.argument(0) instanceof Literal literal && literal.value() instanceof String;
        String[] parts =
                isText ? String.valueOf(((Literal) call.argument(0)).value()).split(SEPARATOR) : new String[0];
        if (parts.length != 6) {
            throw new IllegalArgumentException("a call of a Java function does not name its method");
        }
        List<JavaType> types =
                Stream.of(parts[5].split(",")).map(JavaType::valueOf).toList();
        return new JavaMethod(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                Boolean.parseBoolean(parts[4]),
                new JavaSignature(types.subList(1, types.size()), types.get(0)));
    }
}
