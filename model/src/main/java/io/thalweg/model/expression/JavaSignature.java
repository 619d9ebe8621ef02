package io.thalweg.model.expression;

import java.util.List;
import java.util.stream.Collectors;

/** What one {@code eval} method of a function in Java takes and returns. */
public record JavaSignature(List<JavaType> parameters, JavaType result) {
    public JavaSignature {
        parameters = List.copyOf(parameters);
    }

    /** The types in SQL: {@code (BIGINT, VARCHAR) BIGINT}. */
    public String sqlText() {
        return parameters.stream()
                        .map(parameter -> parameter.sqlType().sqlText())
                        .collect(Collectors.joining(", ", "(", ") "))
                + result.sqlType().sqlText();
    }
}
