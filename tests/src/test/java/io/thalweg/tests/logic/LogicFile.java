package io.thalweg.tests.logic;

import io.thalweg.tests.logic.LogicRecord.Kind;
import io.thalweg.tests.logic.LogicRecord.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A file of SQLite's sqllogictest, read from the jar that carries them: records parted by empty lines. Records that are for
 * another database only are left out, and {@code halt} ends the file.
 */
record LogicFile(String name, List<LogicRecord> records) {
    private static final String FIRST = "test/select1.test";
    /** What the SQL standard refuses, as Thalweg and PostgreSQL do: columns that are not grouped, and integers that overflow. */
    private static final List<String> STRICTER =
            List.of("PostgreSQL has strict column usage", "PostgreSQL does not promote INTEGER");

    /** The names of all files there are. */
    static List<String> names() throws IOException {
        try (JarFile jar = jar()) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("test/") && name.endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }

    private static JarFile jar() throws IOException {
        URL url = LogicFile.class.getClassLoader().getResource(FIRST);
        if (url == null) {
            throw new IOException("the files of sqllogictest are not on the class path");
        }
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    static LogicFile read(String name) throws IOException {
        try (JarFile jar = jar();
                InputStream bytes = jar.getInputStream(jar.getJarEntry(name));
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return new LogicFile(name, new Reader(lines).read());
        }
    }

    /** Takes the lines of a file apart. */
    private static final class Reader {
        private final BufferedReader lines;
        private final List<LogicRecord> records = new ArrayList<>();
        private int line;

        Reader(BufferedReader lines) {
            this.lines = lines;
        }

        private String next() throws IOException {
            line++;
            return lines.readLine();
        }

        List<LogicRecord> read() throws IOException {
            boolean ours = true;
            for (String text = next(); text != null; text = next()) {
                String[] words = text.strip().split("\\s+");
                switch (words[0]) {
                    case "onlyif" -> ours = false;
                    case "skipif" -> ours &= STRICTER.stream().noneMatch(text::contains);
                    case "halt" -> {
                        if (ours) {
                            return records;
                        }
                        ours = true;
                    }
                    case "statement", "query" -> {
                        LogicRecord record = words[0].equals("query") ? query(words) : statement(words);
                        if (ours) {
                            records.add(record);
                        }
                        ours = true;
                    }
                    default -> {}
                }
            }
            return records;
        }

        private LogicRecord statement(String[] words) throws IOException {
            int start = line;
            StringBuilder sql = new StringBuilder();
            for (String text = next(); text != null && !text.isBlank(); text = next()) {
                sql.append(sql.isEmpty() ? "" : "\n").append(text);
            }
            Kind kind = words[1].equals("error") ? Kind.ERROR : Kind.STATEMENT;
            return new LogicRecord(start, kind, sql.toString(), "", Order.NOSORT, List.of());
        }

        private LogicRecord query(String[] words) throws IOException {
            int start = line;
            StringBuilder sql = new StringBuilder();
            String text = next();
            while (text != null && !text.isBlank() && !text.equals("----")) {
                sql.append(sql.isEmpty() ? "" : "\n").append(text);
                text = next();
            }
            List<String> expected = new ArrayList<>();
            if ("----".equals(text)) {
                for (text = next(); text != null && !text.isEmpty(); text = next()) {
                    expected.add(text);
                }
            }
            Order order = words.length < 3 ? Order.NOSORT : Order.valueOf(words[2].toUpperCase(Locale.ROOT));
            return new LogicRecord(start, Kind.QUERY, sql.toString(), words[1], order, expected);
        }
    }
}
