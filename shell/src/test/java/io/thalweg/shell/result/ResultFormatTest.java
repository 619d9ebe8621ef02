package io.thalweg.shell.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.shell.text.Look;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
    private static final List<ResultColumn> COLUMNS = List.of(
            new ResultColumn("name", ResultColumn.Kind.TEXT),
            new ResultColumn("amount", ResultColumn.Kind.NUMBER),
            new ResultColumn("ok", ResultColumn.Kind.BOOLEAN));

    private static final List<List<String>> ROWS = List.of(
            Arrays.asList("Müller, \"M\"", "12.50", "true"),
            Arrays.asList(null, "-3", null),
            Arrays.asList("日本\nJapan", "NaN", "false"),
            Arrays.asList("", null, "true"));

    @Test
    void alignsATableByWhatCharactersShow() {
        assertEquals("""
                 name        | amount | ok
                -------------+--------+-------
                 Müller, "M" |  12.50 | true
                 NULL        |     -3 | NULL
                 日本\\nJapan |    NaN | false
                             |   NULL | true
                """, write(ResultFormat.TABLE, Look.PLAIN));
    }

    @Test
    void drawsLinesWhereTheTerminalCan() {
        String text = write(ResultFormat.TABLE, new Look(false, true, () -> 0));
        assertEquals(
                "─────────────┼────────┼───────",
                text.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void cutsTextButNeverNumbersToFitTheTerminal() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), new Look(false, true, () -> 24));
        writer.begin(COLUMNS.subList(0, 2));
        writer.row(List.of("a text that is too long", "1234567890"));
        writer.end();
        assertEquals("""
                 name      │     amount
                ───────────┼────────────
                 a text t… │ 1234567890
                """, out.toString());
        assertTrue(writer.cutValues());
    }

    @Test
    void writesTheLinesOfAnOnlyColumnBelowEachOther() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), Look.PLAIN);
        writer.begin(List.of(new ResultColumn("statement", ResultColumn.Kind.TEXT)));
        writer.row(List.of("CREATE STREAM s (\n  id BIGINT\n)"));
        writer.end();
        assertEquals("""
                 statement
                -------------------
                 CREATE STREAM s (
                   id BIGINT
                 )
                """, out.toString());
    }

    @Test
    void widensAColumnWhenAWiderValueComes() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), Look.PLAIN);
        writer.begin(COLUMNS.subList(0, 2));
        writer.row(List.of("a", "1"));
        writer.pause();
        writer.row(List.of("abcdef", "2"));
        writer.row(List.of("b", "3"));
        writer.end();
        assertEquals("""
                 name | amount
                ------+--------
                 a    |      1
                 abcdef |      2
                 b      |      3
                """, out.toString());
    }

    @Test
    void holdsBackNoMoreThanTheFirstRows() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), Look.PLAIN);
        writer.begin(COLUMNS.subList(1, 2));
        IntStream.range(0, TableWriter.ROWS_HELD - 1).forEach(i -> writer.row(List.of("1")));
        assertEquals("", out.toString());
        writer.row(List.of("1"));
        assertEquals(TableWriter.ROWS_HELD + 2, out.toString().lines().count());
    }

    @Test
    void showsTheHeadingOfAnEmptyResult() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), Look.PLAIN);
        writer.begin(COLUMNS.subList(0, 1));
        writer.end();
        assertEquals(" name\n------\n", out.toString());
    }

    @Test
    void paintsChangesAndNulls() {
        StringWriter out = new StringWriter();
        RowWriter writer = ResultFormat.TABLE.writer(new PrintWriter(out), new Look(true, true, () -> 0));
        writer.begin(List.of(new ResultColumn("op", ResultColumn.Kind.CHANGE), COLUMNS.get(0)));
        writer.row(Arrays.asList("+I", "a"));
        writer.row(Arrays.asList("-D", null));
        writer.end();
        assertTrue(out.toString().contains("\u001b[32m+I\u001b[0m"), out::toString);
        assertTrue(out.toString().contains("\u001b[31m-D\u001b[0m"), out::toString);
        assertTrue(out.toString().contains("\u001b[2mNULL"), out::toString);
    }

    @Test
    void writesAValueALine() {
        assertEquals(
                """
                --- row 1 ---
                  name | Müller, "M"
                amount | 12.50
                    ok | true
                --- row 2 ---
                  name | NULL
                amount | -3
                    ok | NULL
                """,
                write(ResultFormat.VERTICAL, Look.PLAIN).lines().limit(8).reduce("", (all, line) -> all + line + "\n"));
    }

    @Test
    void writesCsvThatKeepsEveryCharacter() {
        assertEquals("""
                name,amount,ok
                "Müller, ""M""\",12.50,true
                ,-3,
                "日本
                Japan",NaN,false
                "",,true
                """, write(ResultFormat.CSV, Look.PLAIN));
    }

    @Test
    void writesAJsonObjectALine() {
        assertEquals("""
                {"name":"Müller, \\"M\\"","amount":12.50,"ok":true}
                {"name":null,"amount":-3,"ok":null}
                {"name":"日本\\nJapan","amount":"NaN","ok":false}
                {"name":"","amount":null,"ok":true}
                """, write(ResultFormat.JSON, Look.PLAIN));
    }

    @Test
    void writesMarkdown() {
        assertEquals("""
                | name | amount | ok |
                | --- | ---: | --- |
                | Müller, "M" | 12.50 | true |
                |  | -3 |  |
                | 日本<br>Japan | NaN | false |
                |  |  | true |
                """, write(ResultFormat.MARKDOWN, Look.PLAIN));
    }

    private static String write(ResultFormat format, Look look) {
        StringWriter out = new StringWriter();
        RowWriter writer = format.writer(new PrintWriter(out), look);
        writer.begin(COLUMNS);
        ROWS.forEach(writer::row);
        writer.end();
        return out.toString();
    }
}
