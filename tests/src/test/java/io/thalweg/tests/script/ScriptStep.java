package io.thalweg.tests.script;

import java.util.List;

/**
 * One step of a script.
 *
 * @param line where it begins, from 1
 * @param words the command line: {@code query sorted}
 * @param body the SQL
 * @param expected the lines after {@code ----}
 */
record ScriptStep(int line, List<String> words, String body, List<String> expected) {
    String command() {
        return words.get(0);
    }

    boolean has(String word) {
        return words.contains(word);
    }

    String word(int index) {
        return words.get(index);
    }
}
