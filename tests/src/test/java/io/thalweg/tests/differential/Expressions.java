package io.thalweg.tests.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random expressions over columns that are in reach, in words that Thalweg and DuckDB understand alike. */
final class Expressions {
    /** Kinds of values that can be compared with each other. */
    enum Kind {
        NUMBER,
        TEXT,
        TRUTH,
        DECIMAL,
        DOUBLE
    }

    /** An expression and the kind of its values. */
    record Typed(String sql, Kind kind) {}

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Random random;

    Expressions(Random random) {
        this.random = random;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Kind kind() {
        return one(List.of(Kind.NUMBER, Kind.NUMBER, Kind.NUMBER, Kind.TEXT, Kind.TRUTH, Kind.DECIMAL, Kind.DOUBLE));
    }

    /** A column of a kind; a literal if there is none. */
    String column(Kind kind, List<Typed> reach) {
        List<Typed> fitting = new ArrayList<>();
        for (Typed column : reach) {
            if (column.kind() == kind) {
                fitting.add(column);
            }
        }
        return fitting.isEmpty() ? literal(kind) : one(fitting).sql();
    }

    String literal(Kind kind) {
        return switch (kind) {
            case NUMBER -> String.valueOf(random.nextInt(8) - 1);
            case TEXT -> one(List.of("'a'", "'b'", "'ab'", "''", "'zebra'", "'Ä'"));
            case TRUTH -> one(List.of("TRUE", "FALSE"));
            case DECIMAL -> one(List.of("0.50", "1.25", "-0.75", "2.00"));
            case DOUBLE -> one(List.of("CAST(0.25 AS DOUBLE)", "CAST(-1.5 AS DOUBLE)", "CAST(0 AS DOUBLE)"));
        };
    }

    /** An expression of a kind. */
    String of(Kind kind, List<Typed> reach, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return random.nextInt(8) == 0 ? literal(kind) : column(kind, reach);
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                return "CASE WHEN " + condition(reach, depth - 1) + " THEN " + of(kind, reach, depth - 1) + " ELSE "
                        + of(kind, reach, depth - 1) + " END";
            }
            case 1 -> {
                return "COALESCE(" + of(kind, reach, depth - 1) + ", " + of(kind, reach, depth - 1) + ")";
            }
            case 2 -> {
                return "NULLIF(" + column(kind, reach) + ", " + of(kind, reach, depth - 1) + ")";
            }
            default -> {
                return computed(kind, reach, depth - 1);
            }
        }
    }

    private String computed(Kind kind, List<Typed> reach, int depth) {
        String value = of(kind, reach, depth);
        return switch (kind) {
            case NUMBER ->
                one(List.of(
                        "(" + value + " + " + column(kind, reach) + ")",
                        "(" + value + " - " + literal(kind) + ")",
                        "MOD(" + value + ", 5)",
                        "ABS(" + value + ")",
                        "CHAR_LENGTH(" + column(Kind.TEXT, reach) + ")"));
            case TEXT ->
                one(List.of(
                        "UPPER(" + value + ")",
                        "(" + value + " || 'x')",
                        "SUBSTRING(" + value + " FROM 1 FOR 2)",
                        "CAST(" + column(Kind.NUMBER, reach) + " AS VARCHAR)"));
            case TRUTH -> "(" + condition(reach, depth) + ")";
            case DECIMAL -> one(List.of("(" + value + " + 1.25)", "(- " + value + ")", "ABS(" + value + ")"));
            case DOUBLE ->
                one(List.of(
                        "(" + value + " * 2)", "(" + value + " + " + column(kind, reach) + ")", "ABS(" + value + ")"));
        };
    }

    /** A condition; it may be neither true nor false. */
    String condition(List<Typed> reach, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            String left = condition(reach, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> "(" + left + " AND " + condition(reach, depth - 1) + ")";
                case 1 -> "(" + left + " OR " + condition(reach, depth - 1) + ")";
                case 2 -> "NOT (" + left + ")";
                default -> "(" + left + ") IS " + one(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "NULL"));
            };
        }
        Kind kind = kind();
        String value = of(kind, reach, Math.min(depth, 1));
        return switch (random.nextInt(8)) {
            case 0 -> value + " IS " + (random.nextBoolean() ? "NOT NULL" : "NULL");
            case 1 -> value + " IN (" + literal(kind) + ", " + literal(kind) + ")";
            case 2 ->
                kind == Kind.TRUTH ? value : value + " NOT BETWEEN " + literal(kind) + " AND " + column(kind, reach);
            case 3 -> value + " IS " + (random.nextBoolean() ? "NOT " : "") + "DISTINCT FROM " + column(kind, reach);
            case 4 -> column(Kind.TEXT, reach) + " LIKE " + one(List.of("'a%'", "'%b%'", "'_'"));
            default ->
                value + " " + one(COMPARISONS) + " " + (random.nextBoolean() ? literal(kind) : column(kind, reach));
        };
    }
}
