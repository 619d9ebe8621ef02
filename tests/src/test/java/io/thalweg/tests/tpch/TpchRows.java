package io.thalweg.tests.tpch;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random rows for the tables of TPC-H. They refer to each other as the specification has them; the values are drawn so that
 * of little data something is left by the conditions of the questions.
 */
final class TpchRows {
    private static final List<String> REGIONS = List.of("AFRICA", "AMERICA", "ASIA", "EUROPE");
    private static final List<String> NATIONS =
            List.of("KENYA", "EGYPT", "BRAZIL", "CANADA", "CHINA", "INDIA", "FRANCE", "GERMANY");
    private static final List<String> COLOURS = List.of("green", "forest", "ghost", "red", "lemon", "azure");
    private static final List<String> MATERIALS = List.of("BRASS", "STEEL", "TIN");
    private static final List<String> FINISHES = List.of("PROMO PLATED", "MEDIUM POLISHED", "SMALL BURNISHED");
    private static final List<String> BRANDS = List.of("Brand#12", "Brand#23", "Brand#34", "Brand#45");
    private static final List<String> CONTAINERS = List.of("SM BOX", "MED BAG", "LG CASE");
    private static final List<String> SEGMENTS = List.of("BUILDING", "MACHINERY", "HOUSEHOLD");
    private static final List<String> PRIORITIES = List.of("1-URGENT", "2-HIGH", "3-MEDIUM", "5-LOW");
    private static final List<String> MODES = List.of("AIR", "RAIL", "MAIL", "SHIP", "TRUCK");
    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);
    private static final int DAYS = 2_400;

    private final Random random;
    private final int parts;
    private final int suppliers;
    private final int customers;
    private final Map<String, List<Object[]>> tables = new LinkedHashMap<>();

    TpchRows(Random random, int orders) {
        this.random = random;
        this.parts = Math.max(20, orders / 8);
        this.suppliers = Math.max(10, orders / 60);
        this.customers = Math.max(30, orders / 10);
        for (int i = 0; i < REGIONS.size(); i++) {
            add("region", i, REGIONS.get(i));
        }
        for (int i = 0; i < NATIONS.size(); i++) {
            add("nation", i, NATIONS.get(i), i / 2);
        }
        for (int i = 0; i < suppliers; i++) {
            add("supplier", supplier(i));
        }
        for (int i = 0; i < parts; i++) {
            add("part", part(i));
            for (int j = 0; j < 4; j++) {
                add("partsupp", i, supplierOf(i, j), 1 + random.nextInt(200), cents(100_000));
            }
        }
        for (int i = 0; i < customers; i++) {
            add("customer", customer(i));
        }
        for (int i = 0; i < orders; i++) {
            addOrder(i);
        }
    }

    /** The rows of each table, by its name. */
    Map<String, List<Object[]>> tables() {
        return tables;
    }

    private void add(String table, Object... row) {
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
    }

    private Object[] supplier(int key) {
        String comment = random.nextInt(4) == 0 ? "slow. Customer has Complaints" : "quick";
        return new Object[] {key, "Supplier#" + key, random.nextInt(NATIONS.size()), phone(), balance(), comment};
    }

    private Object[] part(int key) {
        String name = one(COLOURS) + " " + one(COLOURS);
        String type = one(FINISHES) + " " + one(MATERIALS);
        return new Object[] {
            key, name, "Manufacturer#" + key % 3, one(BRANDS), type, 1 + random.nextInt(50), one(CONTAINERS)
        };
    }

    private Object[] customer(int key) {
        return new Object[] {key, "Customer#" + key, random.nextInt(NATIONS.size()), phone(), balance(), one(SEGMENTS)};
    }

    /** One of the four suppliers that have a part. */
    private int supplierOf(int part, int which) {
        return (part + which * Math.max(1, suppliers / 4)) % suppliers;
    }

    private void addOrder(int key) {
        LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
        String comment = random.nextInt(5) == 0 ? "the special few requests" : "none";
        int lines = 1 + random.nextInt(6);
        BigDecimal total = BigDecimal.ZERO;
        for (int line = 1; line <= lines; line++) {
            BigDecimal price = cents(5_000_000);
            total = total.add(price);
            addLine(key, line, day, price);
        }
        // Every third customer orders nothing.
        int customer = random.nextInt(customers) / 3 * 3 + random.nextInt(2);
        add(
                "orders",
                key,
                Math.min(customer, customers - 1),
                random.nextBoolean() ? "F" : "O",
                total,
                day,
                one(PRIORITIES),
                0,
                comment);
    }

    private void addLine(int order, int line, LocalDate day, BigDecimal price) {
        int part = random.nextInt(parts);
        LocalDate shipped = day.plusDays(1 + random.nextInt(120));
        LocalDate promised = day.plusDays(30 + random.nextInt(60));
        LocalDate received = shipped.plusDays(1 + random.nextInt(30));
        add(
                "lineitem",
                order,
                part,
                supplierOf(part, random.nextInt(4)),
                line,
                new BigDecimal(1 + random.nextInt(50)),
                price,
                BigDecimal.valueOf(random.nextInt(11), 2),
                BigDecimal.valueOf(random.nextInt(9), 2),
                one(List.of("R", "A", "N")),
                one(List.of("O", "F")),
                shipped,
                promised,
                received,
                one(MODES));
    }

    private String phone() {
        return (10 + random.nextInt(8)) + "-" + random.nextInt(1_000);
    }

    private BigDecimal balance() {
        return BigDecimal.valueOf(random.nextInt(1_100_000) - 100_000L, 2);
    }

    private BigDecimal cents(int bound) {
        return BigDecimal.valueOf(100L + random.nextInt(bound), 2);
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
