package io.thalweg.model.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaTextTest {
    private static final RowType TYPE = RowType.of(
            "id", SqlType.BIGINT,
            "name", SqlType.VARCHAR,
            "at", SqlType.timestamp(3),
            "amount", SqlType.decimal(12, 2),
            "day", SqlType.DATE);

    private static final String TABLE = """
            +1 | 1 | Ulm | 2001-01-01 10:00:00.500 | 12.50 | 2001-01-01
            -2 | NULL | '' | 1969-12-31 23:59:59.999 | -0.05 | 0001-01-01
            +3 | 3 | Köln | 9999-12-31 00:00:00.000 | NULL | 9999-12-31""";

    @Test
    void readsWhatItWrites() {
        assertEquals(TABLE, DeltaText.format(TYPE, DeltaText.parse(TYPE, TABLE)));
    }

    @Test
    void sumsEqualRows() {
        RowType type = RowType.of("k", SqlType.INTEGER);
        DeltaBatch first = DeltaText.parse(type, "+1 | 1\n+1 | 2\n+1 | 3");
        DeltaBatch second = DeltaText.parse(type, "-1 | 2\n+2 | 3");
        assertEquals("+1 | 1\n+3 | 3", DeltaText.formatSummed(type, List.of(first, second)));
    }
}
