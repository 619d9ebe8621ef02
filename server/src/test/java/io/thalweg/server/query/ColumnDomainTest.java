package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ColumnDomainTest {
    private static ErrorCode refusal(SqlType type, Column column) {
        ColumnDomain domain = new ColumnDomain(new Field("c", type), "stream s");
        return assertThrows(ThalwegException.class, () -> domain.checked(column))
                .code();
    }

    private static void accepts(SqlType type, Column column) {
        assertSame(column, new ColumnDomain(new Field("c", type), "stream s").checked(column));
    }

    private static Column ints(int value) {
        return new IntColumn(1, new int[] {value}, null);
    }

    private static Column longs(long value) {
        return new LongColumn(1, new long[] {value}, null);
    }

    private static Column bytes(byte[] value) {
        ColumnBuilder builder = new ColumnBuilder(PhysicalKind.BYTES);
        builder.appendBytes(value, 0, value.length);
        return builder.build();
    }

    private static Column text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void knowsTheBoundsOfNumbers() {
        ErrorCode outside = ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE;
        accepts(SqlType.TINYINT, ints(-128));
        assertEquals(outside, refusal(SqlType.TINYINT, ints(128)));
        assertEquals(outside, refusal(SqlType.SMALLINT, ints(-32_769)));
        assertEquals(outside, refusal(SqlType.BOOLEAN, ints(2)));
        accepts(SqlType.decimal(4, 2), longs(9_999));
        assertEquals(outside, refusal(SqlType.decimal(4, 2), longs(10_000)));
        assertEquals(outside, refusal(SqlType.decimal(4, 2), longs(Long.MIN_VALUE)));
        assertEquals(outside, refusal(SqlType.decimal(18, 0), longs(1_000_000_000_000_000_000L)));
    }

    @Test
    void knowsTheGrainOfTimes() {
        accepts(SqlType.timestamp(3), longs(1_000));
        accepts(SqlType.timestamp(3), longs(-1_000));
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, refusal(SqlType.timestamp(3), longs(1_001)));
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, refusal(SqlType.time(0), longs(86_400_000_000L)));
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, refusal(SqlType.DATE, ints(2_932_897)));
    }

    @Test
    void countsCharactersNotBytes() {
        accepts(SqlType.varchar(3), text("ä€\uD83D\uDE80"));
        assertEquals(ErrorCode.STRING_TOO_LONG, refusal(SqlType.varchar(3), text("ä€\uD83D\uDE80x")));
        assertEquals(ErrorCode.CHARACTER_ENCODING, refusal(SqlType.VARCHAR, bytes(new byte[] {'a', (byte) 0xC3})));
        accepts(SqlType.VARBINARY, bytes(new byte[] {'a', (byte) 0xC3}));
    }

    @Test
    void fillsCharactersUp() {
        ColumnDomain domain = new ColumnDomain(new Field("c", SqlType.character(4)), "stream s");
        assertEquals("ä   ", ((BytesColumn) domain.checked(text("ä"))).text(0));
    }
}
