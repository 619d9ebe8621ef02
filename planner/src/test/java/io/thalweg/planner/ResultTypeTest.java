package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types of expressions over the stream of every type. */
class ResultTypeTest {
    private static final StatementRunner RUNNER = new StatementRunner();

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            a + 1                         ; INTEGER NOT NULL
            a + b                         ; BIGINT
            si + si                       ; SMALLINT
            a / 2                         ; INTEGER NOT NULL
            a + d                         ; DECIMAL(13, 2)
            d * d                         ; DECIMAL(24, 4)
            d / 3                         ; DECIMAL(23, 13)
            d / d                         ; DECIMAL(27, 15)
            b * 1.5                       ; DECIMAL(21, 1)
            CAST(d AS DECIMAL(38, 20)) * CAST(d AS DECIMAL(38, 20)) ; DECIMAL(38, 6)
            a + f                         ; DOUBLE
            r + r                         ; REAL
            d + f                         ; DOUBLE
            1e0                           ; DOUBLE NOT NULL
            1.50                          ; DECIMAL(3, 2) NOT NULL
            2147483647                    ; INTEGER NOT NULL
            2147483648                    ; BIGINT NOT NULL
            9223372036854775808           ; DECIMAL(19, 0) NOT NULL
            'abc'                         ; VARCHAR NOT NULL
            ''                            ; VARCHAR NOT NULL
            CASE WHEN flag THEN 'a' ELSE 'abc' END ; VARCHAR NOT NULL
            CASE WHEN flag THEN 'a' END   ; VARCHAR
            CASE WHEN flag THEN a ELSE d END ; DECIMAL(12, 2)
            COALESCE(k, 'x')              ; VARCHAR NOT NULL
            k || ch                       ; VARCHAR
            UPPER(ch)                     ; VARCHAR
            CHAR_LENGTH(k)                ; INTEGER
            ts + INTERVAL '1' DAY         ; TIMESTAMP(6)
            dt + INTERVAL '1' DAY         ; DATE
            tm + INTERVAL '1' HOUR        ; TIME(0)
            FLOOR(ts TO HOUR)             ; TIMESTAMP(6)
            EXTRACT(YEAR FROM ts)         ; BIGINT
            TIMESTAMPDIFF(DAY, ts, ts)    ; INTEGER
            CURRENT_TIMESTAMP             ; TIMESTAMP(6) NOT NULL
            CURRENT_TIMESTAMP(3)          ; TIMESTAMP(3) NOT NULL
            CURRENT_DATE                  ; DATE NOT NULL
            LOCALTIME                     ; TIME(6) NOT NULL
            TIMESTAMP '2001-01-01 00:00:00' ; TIMESTAMP(0) NOT NULL
            TIMESTAMP '2001-01-01 00:00:00.123456' ; TIMESTAMP(6) NOT NULL
            CAST(k AS TIMESTAMP)          ; TIMESTAMP(6)
            CAST(k AS TIME)               ; TIME(6)
            CAST(k AS DECIMAL(5, 1))      ; DECIMAL(5, 1)
            CAST(k AS TEXT)               ; VARCHAR
            CAST(ts AS TIMESTAMP(3) WITH LOCAL TIME ZONE) ; TIMESTAMP(3) WITH LOCAL TIME ZONE
            TRY_CAST(k AS INTEGER)        ; INTEGER
            a = b                         ; BOOLEAN
            a IS NULL                     ; BOOLEAN NOT NULL
            a IS DISTINCT FROM b          ; BOOLEAN NOT NULL
            NULL                          ; NULL
            X'00ff'                       ; VARBINARY(2) NOT NULL
            MOD(b, 7)                     ; INTEGER
            POWER(a, 2)                   ; DOUBLE NOT NULL
            GREATEST(a, b)                ; BIGINT NOT NULL
            SPLIT_INDEX('a', 'b', 1)      ; VARCHAR
            COUNT(*)                      ; BIGINT NOT NULL
            SUM(a)                        ; BIGINT
            SUM(si)                       ; BIGINT
            SUM(d)                        ; DECIMAL(38, 2)
            SUM(r)                        ; DOUBLE
            AVG(a)                        ; DOUBLE
            AVG(d)                        ; DECIMAL(38, 6)
            AVG(CAST(d AS DECIMAL(20, 9))) ; DECIMAL(38, 9)
            AVG(r)                        ; DOUBLE
            MAX(k)                        ; VARCHAR
            MIN(ts)                       ; TIMESTAMP(6)
            """)
    void isOfType(String expression, String type) {
        assertEquals(
                type,
                RUNNER.plan("SELECT " + expression + " FROM s")
                        .plan()
                        .type()
                        .type(0)
                        .toString());
    }
}
