package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts the tests share, and the text under a span, found without the code under test. */
final class TestText {
    private TestText() {}

    static String resource(String name) {
        try (InputStream stream = TestText.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** One statement of every kind. */
    static List<String> statements() {
        return StatementSplitter.split(resource("statements.sql")).statements().stream()
                .map(ScriptStatement::text)
                .toList();
    }

    static String under(SourceSpan span, String sql) {
        return sql.substring(
                offset(span.startLine(), span.startColumn(), sql), offset(span.endLine(), span.endColumn(), sql) + 1);
    }

    private static int offset(int line, int column, String sql) {
        int offset = 0;
        for (int number = 1; number < line; number++) {
            while (sql.charAt(offset) != '\n' && sql.charAt(offset) != '\r') {
                offset++;
            }
            offset += sql.startsWith("\r\n", offset) ? 2 : 1;
        }
        return offset + column - 1;
    }
}
