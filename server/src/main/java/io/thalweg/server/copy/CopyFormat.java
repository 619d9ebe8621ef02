package io.thalweg.server.copy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file of rows is written in. */
public enum CopyFormat {
    JSON(List.of("json", "jsonl", "ndjson")),
    CSV(List.of("csv", "tsv")),
    PARQUET(List.of("parquet")),
    /** Lines as they are, into one column. */
    RAW(List.of());

    private final List<String> endings;

    CopyFormat(List<String> endings) {
        this.endings = endings;
    }

    /** The name in an option. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this name. */
    static Optional<CopyFormat> named(String word) {
        for (CopyFormat format : values()) {
            if (format.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The format that the ending of a file's name stands for; {@code .gz} behind it is passed over. */
    static Optional<CopyFormat> ofFile(String name) {
        String ending = ending(name);
        for (CopyFormat format : values()) {
            if (format.endings.contains(ending)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** What stands behind the last point of a file's name, in lower case and without {@code .gz}. */
    static String ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = isCompressed(name) ? lower.substring(0, lower.length() - ".gz".length()) : lower;
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    /** Whether the file is to be compressed by gzip. */
    static boolean isCompressed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** The names of all, for messages. */
    static String words() {
        StringBuilder words = new StringBuilder();
        for (CopyFormat format : values()) {
            words.append(words.length() == 0 ? "" : ", ").append(format.word());
        }
        return words.toString();
    }
}
