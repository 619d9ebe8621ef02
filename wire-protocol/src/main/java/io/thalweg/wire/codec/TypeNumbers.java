package io.thalweg.wire.codec;

import io.thalweg.model.type.TypeName;
import java.util.List;

/** The number each SQL type has on the wire. Numbers are never given anew; a new type goes to the end. */
final class TypeNumbers {
    private static final List<TypeName> BY_NUMBER = List.of(
            TypeName.BOOLEAN,
            TypeName.TINYINT,
            TypeName.SMALLINT,
            TypeName.INTEGER,
            TypeName.BIGINT,
            TypeName.REAL,
            TypeName.DOUBLE,
            TypeName.DECIMAL,
            TypeName.CHAR,
            TypeName.VARCHAR,
            TypeName.VARBINARY,
            TypeName.DATE,
            TypeName.TIME,
            TypeName.TIMESTAMP,
            TypeName.TIMESTAMP_LTZ,
            TypeName.INTERVAL_MONTHS,
            TypeName.INTERVAL_MICROS,
            TypeName.NULL,
            TypeName.ARRAY,
            TypeName.MAP,
            TypeName.ROW);

    private TypeNumbers() {}

    static int numberOf(TypeName name) {
        int number = BY_NUMBER.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("type " + name + " has no number");
        }
        return number;
    }

    static TypeName ofNumber(int number) {
        if (number >= BY_NUMBER.size()) {
            throw FrameReader.violation("type number " + number + " does not exist");
        }
        return BY_NUMBER.get(number);
    }
}
