package io.thalweg.tests.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The SQL of a document: what stands between a line {@code ```sql} and a line {@code ```}. */
final class SqlBlocks {
    private static final String FENCE = "```";

    private SqlBlocks() {}

    /**
     * One block.
     *
     * @param line where it begins
     * @param words what stands behind {@code sql}: {@code error} if it must fail
     */
    record Block(int line, Set<String> words, List<String> statements) {}

    static List<Block> read(Path document) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(document);
        for (int i = 0; i < lines.size(); i++) {
            String info = lines.get(i).strip();
            if (info.startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).strip().equals(FENCE)) {
                    end++;
                }
                List<String> words =
                        List.of(info.substring(FENCE.length()).strip().split("\\s+"));
                if (words.get(0).equals("sql")) {
                    String text = String.join("\n", lines.subList(i + 1, end));
                    blocks.add(new Block(i + 1, Set.copyOf(words.subList(1, words.size())), statements(text)));
                }
                i = end;
            }
        }
        return blocks;
    }

    /** Statements end at a semicolon that ends a line, or ends before a comment. */
    private static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        for (String statement : text.split(";[ ]*(--[^\n]*)?(\n|$)")) {
            boolean empty = statement
                    .lines()
                    .allMatch(line -> line.isBlank() || line.strip().startsWith("--"));
            if (!empty) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }
}
