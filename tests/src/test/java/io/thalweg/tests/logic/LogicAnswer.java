package io.thalweg.tests.logic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer of a query as sqllogictest writes it down: values one a line, or their number and MD5 if there are many. */
final class LogicAnswer {
    private static final Pattern LEADING_DIGITS = Pattern.compile("^[+-]?\\d+");
    private static final String HASHED = " values hashing to ";

    private final List<String> values;

    private LogicAnswer(List<String> values) {
        this.values = values;
    }

    static LogicAnswer of(ResultSet result, LogicRecord query) throws SQLException {
        String types = query.types();
        int columns = result.getMetaData().getColumnCount();
        if (columns != types.length()) {
            return new LogicAnswer(List.of(columns + " columns instead of " + types.length()));
        }
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                row.add(value(result.getObject(i + 1), types.charAt(i)));
            }
            rows.add(row);
        }
        if (query.order() == LogicRecord.Order.ROWSORT) {
            rows.sort(LogicAnswer::compareRows);
        }
        List<String> values = new ArrayList<>();
        rows.forEach(values::addAll);
        if (query.order() == LogicRecord.Order.VALUESORT) {
            values.sort(null);
        }
        return new LogicAnswer(values);
    }

    private static int compareRows(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String value(Object value, char type) {
        if (value == null) {
            return "NULL";
        }
        if (type == 'I' || type == 'R') {
            if (value instanceof Boolean truth) {
                return number(truth ? BigDecimal.ONE : BigDecimal.ZERO, type);
            }
            // The files were made by a database that takes text for the number it begins with.
            return number(value instanceof Number number ? new BigDecimal(number.toString()) : leading(value), type);
        }
        String text = value instanceof Number number && new BigDecimal(number.toString()).signum() == 0
                ? "0"
                : value.toString();
        return text.isEmpty() ? "(empty)" : printable(text);
    }

    private static BigDecimal leading(Object text) {
        Matcher digits = LEADING_DIGITS.matcher(text.toString());
        return digits.find() ? new BigDecimal(digits.group()) : BigDecimal.ZERO;
    }

    private static String number(BigDecimal number, char type) {
        return type == 'I'
                ? number.setScale(0, RoundingMode.DOWN).toPlainString()
                : String.format(Locale.ROOT, "%.3f", number);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '@' : (char) c));
        return printable.toString();
    }

    /** Whether this is what a file has written down. */
    boolean matches(List<String> expected) {
        if (expected.size() == 1 && expected.get(0).contains(HASHED)) {
            return expected.get(0).equals(values.size() + HASHED + hash());
        }
        return expected.equals(values);
    }

    private String hash() {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (String value : values) {
                md5.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return String.format("%032x", new BigInteger(1, md5.digest()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The beginning of it. */
    @Override
    public String toString() {
        String all = String.join(" ", values);
        return values.size() + " values: " + all.substring(0, Math.min(200, all.length()));
    }
}
