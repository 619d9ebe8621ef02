package io.thalweg.benchmarks.log.client;

import io.thalweg.model.SuppressForbidden;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Obeys the lines of the standard input, one load after another, and answers each with {@code ok} or with {@code
 * failed} and the reason: {@code create NAME sync|os}, {@code append ROWS}, {@code read ROWS}.
 */
@SuppressForbidden(reason = "the process that started this one talks to it through the standard streams")
final class LoadLoop {
    private static final PrintStream OUT = System.out;

    private LoadLoop() {}

    static void run(Load load) throws Exception {
        try (load;
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            OUT.println("ok");
            for (String line = next(in); line != null; line = next(in)) {
                OUT.println(answer(load, line.split(" ")));
            }
        }
    }

    private static @Nullable String next(BufferedReader in) throws IOException {
        return in.readLine();
    }

    private static String answer(Load load, String[] words) {
        try {
            switch (words[0]) {
                case "create" -> load.create(words[1], words[2].equals("sync"));
                case "append" -> load.append(Long.parseLong(words[1]));
                case "read" -> load.read(Long.parseLong(words[1]));
                default -> throw new IllegalArgumentException("no such load: " + words[0]);
            }
            return "ok";
        } catch (Exception e) {
            return "failed " + e;
        }
    }
}
