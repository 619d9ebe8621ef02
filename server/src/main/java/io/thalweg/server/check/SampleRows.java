package io.thalweg.server.check;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A few rows of few different values for each object, the same whoever asks: small numbers, short texts, NULLs, and what the
 * text of a query compares with. Rows of a table have different keys.
 */
final class SampleRows {
    private static final int MAX_ROWS = 6;
    private static final long MAX_NUMBER = 100;
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,3}(?![\\w.])");
    private static final Pattern TEXT = Pattern.compile("'([\\w -]{1,20})'");
    private static final List<String> DATES = List.of("2026-01-01", "2026-01-02", "2026-02-28");
    private static final List<String> TIMES = List.of("00:00:00", "10:00:00", "10:00:05", "23:59:59");

    private final Map<Long, TableDefinition> tables = new HashMap<>();
    private final List<String> numbers = new ArrayList<>(List.of("0", "1", "2", "3"));
    private final List<String> texts = new ArrayList<>(List.of("a", "b", "''"));

    /** @param query a text whose constants are among the values */
    SampleRows(List<CatalogObject> objects, String query) {
        for (CatalogObject object : objects) {
            if (object instanceof TableDefinition table) {
                tables.put(table.id(), table);
            }
        }
        Matcher number = NUMBER.matcher(query);
        while (number.find()) {
            long value = Long.parseLong(number.group());
            if (value < MAX_NUMBER) {
                numbers.add(Long.toString(value));
                numbers.add(Long.toString(value + 1));
            }
        }
        Matcher text = TEXT.matcher(query);
        while (text.find()) {
            texts.add(text.group(1).strip());
        }
        texts.removeIf(String::isEmpty);
    }

    /** Whether there are values for all columns. */
    static boolean canMake(ScanNode scan) {
        return scan.type().types().stream().allMatch(type -> type.nullable() || isMade(type));
    }

    private static boolean isMade(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
            case VARCHAR, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> true;
            default -> false;
        };
    }

    /** The rows of an object in a database, as a scan reads them. */
    DeltaBatch of(ScanNode scan, int database) {
        StringBuilder text = new StringBuilder();
        Set<String> keys = new HashSet<>();
        long object = 1_000_003L * scan.objectId() + scan.kind().ordinal();
        int count = new SplittableRandom(object * 31 + database).nextInt(MAX_ROWS + 1);
        for (int row = 0; row < count; row++) {
            SplittableRandom source = new SplittableRandom((object * 31 + database) * 31 + row);
            long seed = source.nextLong();
            if (keys.add(key(scan, seed, row))) {
                text.append("+1");
                for (int i = 0; i < scan.columns().size(); i++) {
                    text.append(" | ")
                            .append(cell(
                                    scan.type().type(i), seed, scan.columns().get(i)));
                }
                text.append('\n');
            }
        }
        return DeltaText.parse(scan.type(), text.toString());
    }

    private String key(ScanNode scan, long seed, int row) {
        TableDefinition table = tables.get(scan.objectId());
        if (table == null) {
            return Integer.toString(row);
        }
        RowType stored = table.columns().storedType();
        StringBuilder key = new StringBuilder();
        for (int column : table.primaryKey()) {
            key.append(cell(stored.type(column), seed, column)).append('|');
        }
        return key.toString();
    }

    private String cell(SqlType type, long seed, int column) {
        SplittableRandom random = new SplittableRandom(seed + 7_919L * column);
        random = random.split();
        if (!isMade(type) || (type.nullable() && random.nextInt(4) == 0)) {
            return "NULL";
        }
        return switch (type.name()) {
            case BOOLEAN -> random.nextBoolean() ? "true" : "false";
            case DECIMAL -> type.precision() - type.scale() > 2 ? pick(numbers, random) : "0";
            case VARCHAR -> text(type, random);
            case DATE -> pick(DATES, random);
            case TIME -> pick(TIMES, random);
            case TIMESTAMP, TIMESTAMP_LTZ -> pick(DATES, random) + " " + pick(TIMES, random);
            default -> pick(numbers, random);
        };
    }

    private String text(SqlType type, SplittableRandom random) {
        String text = pick(texts, random);
        return text.length() <= type.precision() || type.precision() <= 0 ? text : "''";
    }

    private static String pick(List<String> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
