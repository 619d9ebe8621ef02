package io.thalweg.tests.function;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression over the columns of {@link FunctionArguments}, and the one that means the same to DuckDB.
 *
 * @param condition which rows both agree on
 * @param reason why they do not agree on the others; empty if they agree on all
 */
record FunctionCase(String ours, String theirs, String condition, String reason) {
    private static final Pattern LINE = Pattern.compile("(.*?)(?: => (.*?))?(?: where (.*?) -- (.*))?");

    /** All cases: a line each, {@code ours [=> theirs] [where condition -- reason]}. */
    static List<FunctionCase> all() throws IOException {
        List<FunctionCase> cases = new ArrayList<>();
        try (InputStream in = FunctionCase.class.getResourceAsStream("/functions/duckdb.cases")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                Matcher parts = LINE.matcher(line.strip());
                if (!line.isBlank() && !line.startsWith("#") && parts.matches()) {
                    boolean restricted = parts.group(3) != null;
                    cases.add(new FunctionCase(
                            parts.group(1),
                            parts.group(2) == null ? parts.group(1) : parts.group(2),
                            restricted ? parts.group(3) : "TRUE",
                            restricted ? parts.group(4) : ""));
                }
            }
        }
        return cases;
    }
}
