package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code CREATE FUNCTION}: a name for a Java class.
 *
 * @param className the class as Java names it
 * @param jar the name of the file that holds it
 * @param deterministic whether equal arguments always give equal results, which they do unless the statement says otherwise
 * @param jarSpan where the name of the file stands
 */
public record CreateFunction(
        CreateMode mode,
        QualifiedName name,
        String className,
        String jar,
        boolean deterministic,
        SourceSpan jarSpan,
        SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateFunction(this);
    }
}
