package io.thalweg.planner.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.error.SourceSpan;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT date FROM f             | SELECT "date" FROM f
            SELECT f.Time AS date, x       | SELECT f."time" AS "date", x
            SELECT DATE '2001-01-01'       | SELECT DATE '2001-01-01'
            SELECT CAST(x AS DATE)         | SELECT CAST(x AS DATE)
            SELECT CAST(date AS TIMESTAMP) | SELECT CAST("date" AS TIMESTAMP)
            SELECT CAST(x AS TIMESTAMP(3) WITH LOCAL TIME ZONE) | SELECT CAST(x AS TIMESTAMP(3) WITH LOCAL TIME ZONE)
            SELECT x::date, date::time     | SELECT x::date, "date"::time
            SELECT 'date', "date" -- date  | SELECT 'date', "date" -- date
            SELECT /* date */ dates        | SELECT /* date */ dates
            """)
    void quotesWordsThatCanOnlyBeNames(String text, String parserText) {
        assertEquals(parserText, new SourceText(text, SourceSpan.at(1, 1)).parserText());
    }

    @Test
    void tellsPlacesInTheUsersText() {
        SourceText text = new SourceText("SELECT date, time, x\nFROM date AS y", SourceSpan.at(5, 11));
        assertEquals("SELECT \"date\", \"time\", x\nFROM \"date\" AS y", text.parserText());
        assertEquals(new SourceSpan(5, 18, 5, 21), text.span(new SqlParserPos(1, 8, 1, 13)));
        assertEquals(new SourceSpan(5, 24, 5, 27), text.span(new SqlParserPos(1, 16, 1, 21)));
        assertEquals(new SourceSpan(5, 30, 5, 30), text.span(new SqlParserPos(1, 24, 1, 24)));
        assertEquals(new SourceSpan(6, 6, 6, 9), text.span(new SqlParserPos(2, 6, 2, 11)));
        assertEquals(new SourceSpan(6, 14, 6, 14), text.span(new SqlParserPos(2, 16, 2, 16)));
        assertEquals(new SourceSpan(5, 11, 6, 14), text.span(new SqlParserPos(1, 1, 2, 16)));
    }
}
