package io.thalweg.model.nested;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random nested types, and values of them as {@link NestedValues} has them. */
final class RandomNested {
    private static final List<SqlType> SCALARS = List.of(
            SqlType.BOOLEAN,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.DOUBLE,
            SqlType.decimal(9, 2),
            SqlType.decimal(30, 4),
            SqlType.VARCHAR,
            SqlType.VARBINARY,
            SqlType.VARCHAR,
            SqlType.NULL);

    private final Random random;

    RandomNested(Random random) {
        this.random = random;
    }

    SqlType type(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> SqlType.array(component(depth));
            case 1 -> SqlType.map(SCALARS.get(random.nextInt(SCALARS.size() - 1)), component(depth));
            default -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    fields.add(new Field("f'" + i, component(depth)));
                }
                yield SqlType.row(fields);
            }
        };
    }

    private SqlType component(int depth) {
        return depth > 0 && random.nextBoolean() ? type(depth - 1) : SCALARS.get(random.nextInt(SCALARS.size()));
    }

    Object value(SqlType type) {
        if (type.name() == TypeName.MAP) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(value(type.component(0)), nullable(type.component(1)));
            }
            return map;
        }
        if (type.name().isNested()) {
            List<Object> list = new ArrayList<>();
            boolean row = type.name() == TypeName.ROW;
            int size = row ? type.components().size() : random.nextInt(4);
            for (int i = 0; i < size; i++) {
                list.add(nullable(type.component(row ? i : 0)));
            }
            return list;
        }
        return scalar(type);
    }

    private Object nullable(SqlType type) {
        return type.name() == TypeName.NULL || random.nextInt(5) == 0 ? null : value(type);
    }

    private Object scalar(SqlType type) {
        return switch (type.kind()) {
            case INT -> type.name() == TypeName.BOOLEAN ? random.nextInt(2) : random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> random.nextInt(4) == 0 ? 0.5 * random.nextInt(3) : random.nextGaussian() * 1e10;
            case DECIMAL128 -> Int128.of(new BigInteger(100, random).subtract(BigInteger.ONE.shiftLeft(99)));
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(4)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) random.nextInt(4);
                }
                yield type.name().isText() ? new String(bytes, StandardCharsets.UTF_8) : bytes;
            }
        };
    }
}
