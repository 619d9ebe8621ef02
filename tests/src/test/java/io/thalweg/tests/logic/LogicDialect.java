package io.thalweg.tests.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements of sqllogictest in the words of Thalweg: a table without a key is a stream, an index is nothing, an insert
 * replaces in any case, and a view is not dropped before its readers.
 */
final class LogicDialect {
    private static final Pattern INDEX =
            Pattern.compile("(CREATE\\s+(UNIQUE\\s+)?INDEX|DROP\\s+INDEX|REINDEX)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE =
            Pattern.compile("CREATE\\s+TABLE\\s+(\\w+)\\s*(\\(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INSERT = Pattern.compile(
            "INSERT\\s+INTO\\s+(\\w+)\\s*(\\(.*?\\))?\\s*VALUES\\s*(\\(.*\\))",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern UPSERT =
            Pattern.compile("^(INSERT\\s+OR\\s+REPLACE|REPLACE)\\s+INTO", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNIQUE = Pattern.compile("\\s+UNIQUE\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DROP_VIEW =
            Pattern.compile("^DROP\\s+VIEW\\s+(?:IF\\s+EXISTS\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANGE =
            Pattern.compile("^(UPDATE|DELETE\\s+FROM)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AVERAGE_AMONG_OTHERS =
            Pattern.compile("\\b(COALESCE|NULLIF|CASE)\\b.*\\bAVG\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private LogicDialect() {}

    /**
     * Rows of an INSERT.
     *
     * @param table where they go
     * @param columns the list of columns with its parentheses, or nothing
     * @param row the values with their parentheses
     */
    record Insertion(String table, String columns, String row) {
        /** What stands before the rows. */
        String prefix() {
            return "INSERT INTO " + table + " " + columns + " VALUES";
        }
    }

    /**
     * A table without a key.
     *
     * @param definition the definitions of its columns with their parentheses
     */
    record KeylessTable(String name, String definition) {
        List<String> columns() {
            List<String> names = new ArrayList<>();
            for (String column :
                    definition.substring(1, definition.lastIndexOf(')')).split(",(?![^(]*\\))")) {
                names.add(column.strip().split("\\s+")[0]);
            }
            return names;
        }
    }

    static Optional<Insertion> insertion(String sql) {
        Matcher insert = INSERT.matcher(UPSERT.matcher(sql).replaceFirst("INSERT INTO"));
        return insert.matches()
                ? Optional.of(
                        new Insertion(insert.group(1), insert.group(2) == null ? "" : insert.group(2), insert.group(3)))
                : Optional.empty();
    }

    static Optional<KeylessTable> keylessTable(String sql) {
        Matcher table = TABLE.matcher(UNIQUE.matcher(sql).replaceAll(""));
        return table.matches() && !sql.toUpperCase(Locale.ROOT).contains("PRIMARY KEY")
                ? Optional.of(new KeylessTable(table.group(1), table.group(2)))
                : Optional.empty();
    }

    /** A statement; empty if there is nothing to do. */
    static String translated(String sql) {
        if (INDEX.matcher(sql).matches()) {
            return "";
        }
        return keylessTable(sql)
                .map(table -> "CREATE STREAM " + table.name() + table.definition())
                .orElse(UNIQUE.matcher(sql).replaceAll(""));
    }

    /** The table that an UPDATE or a DELETE changes; empty for other statements. */
    static Optional<String> changedTable(String sql) {
        Matcher change = CHANGE.matcher(sql);
        return change.find() ? Optional.of(change.group(2)) : Optional.empty();
    }

    /** The statement on another table. */
    static String changing(String sql, String table) {
        return CHANGE.matcher(sql).replaceFirst("$1 " + table);
    }

    /**
     * Whether an answer may depend on SQLite's types, which belong to values and not to columns: where an average stands for
     * integers, what is divided is an integer or not as the value comes.
     */
    static boolean dependsOnTypesOfValues(String sql) {
        return sql.indexOf('/') >= 0 && AVERAGE_AMONG_OTHERS.matcher(sql).find();
    }

    /** A DROP VIEW that takes the readers along, which others leave behind. */
    static String withoutReaders(String sql) {
        return DROP_VIEW.matcher(sql).replaceFirst("DROP VIEW IF EXISTS $1 CASCADE");
    }
}
