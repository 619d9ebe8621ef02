package io.thalweg.model.catalog;

import io.thalweg.model.expression.JavaMethod;
import io.thalweg.model.expression.JavaSignature;
import java.util.List;

/**
 * A function whose code is a Java class in a jar. What its methods take and return is kept here, so that queries are planned without
 * the jar.
 *
 * @param className the class as Java names it
 * @param jar the name of the jar's file in the directory for functions
 * @param digest SHA-256 of the jar when the function was made, in hexadecimal
 * @param deterministic whether equal arguments always give equal results
 * @param signatures what each of its {@code eval} methods takes and returns
 */
public record FunctionDefinition(
        long id,
        ObjectName name,
        String className,
        String jar,
        String digest,
        boolean deterministic,
        List<JavaSignature> signatures) {
    public FunctionDefinition {
        signatures = List.copyOf(signatures);
    }

    /** One of its methods, for a plan. */
    public JavaMethod method(JavaSignature signature) {
        return new JavaMethod(name.name(), jar, digest, className, deterministic, signature);
    }
}
