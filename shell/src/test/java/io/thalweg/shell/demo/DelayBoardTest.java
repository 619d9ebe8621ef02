package io.thalweg.shell.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.shell.text.DisplayText;
import io.thalweg.shell.text.Look;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DelayBoardTest {
    private static final LocalDate FIRST = LocalDate.of(2001, 1, 4);
    private static final LocalDate SECOND = LocalDate.of(2001, 1, 11);

    private final DelayBoard board = new DelayBoard();

    @Test
    void holdsTheAnswerAfterEveryChange() {
        DelayRow chicago = new DelayRow(FIRST, "Chicago, IL", 2, 10, 0.5);
        DelayRow later = new DelayRow(FIRST, "Chicago, IL", 3, 20, 0.75);
        board.apply("+I", chicago);
        board.apply("+I", new DelayRow(SECOND, "Chicago, IL", 5, 1, 0));
        assertEquals(7, board.flights());
        board.apply("-U", chicago);
        board.apply("+U", later);
        assertEquals(8, board.flights());
        assertEquals(List.of(later, new DelayRow(SECOND, "Chicago, IL", 5, 1, 0)), board.rows());
        board.apply("-D", later);
        assertEquals(5, board.flights());
        assertEquals(5, board.changes());
    }

    @Test
    void refusesChangesThatDoNotFit() {
        DelayRow row = new DelayRow(FIRST, "Chicago, IL", 2, 10, 0.5);
        assertThrows(IllegalStateException.class, () -> board.apply("-D", row));
        board.apply("+I", row);
        assertThrows(IllegalStateException.class, () -> board.apply("+I", row));
        assertThrows(
                IllegalStateException.class, () -> board.apply("-U", new DelayRow(FIRST, "Chicago, IL", 3, 10, 0.5)));
        assertThrows(IllegalStateException.class, () -> board.apply("?", row));
    }

    @Test
    void ranksTheWorstFirst() {
        List<DelayRow> rows = List.of(
                new DelayRow(FIRST, "A", 10, 5, 0.1),
                new DelayRow(FIRST, "B", 4, 90, 1.0),
                new DelayRow(FIRST, "C", 10, 7, 0.1),
                new DelayRow(SECOND, "A", 30, 9, 0.5));
        assertEquals("C A", cities(DelayRanking.ofWeek(rows, FIRST, 5)));
        assertEquals("A C", cities(DelayRanking.ofAllWeeks(rows, 5)));
        DelayRow all = DelayRanking.ofAllWeeks(rows, 5).get(0);
        assertEquals(new DelayRow(FIRST, "A", 40, 8, 0.4), all);
    }

    @Test
    void drawsIn80ColumnsAnd24Lines() {
        List<DelayRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new DelayRow(FIRST, "A city with a very long name, NY " + i, 1000 + i, 123.45, i / 40.0));
        }
        DemoProgress progress = new DemoProgress(10_000, 20_000, LocalDateTime.of(2001, 1, 9, 5, 0), rows);
        List<String> lines = new BoardText(Look.PLAIN, 15).lines(progress);
        assertTrue(lines.size() < 24);
        lines.forEach(line -> assertTrue(DisplayText.width(line) < 80, line));
        assertEquals(
                """
                 Thalweg demo - one SQL query follows 20,000 US flights of 2001
                 ###############...............  10,000 of 20,000 - 9 Jan 2001

                 Week 4 Jan - 10 Jan        5+ flights | All weeks                 25+ flights
                 city             flights  delay  late | city             flights  delay  late
                ---------------------------------------+---------------------------------------
                 A city with a v~   1,039  123.5   98% | A city with a v~   1,039  123.5   98%
                """,
                lines.stream().limit(7).map(line -> line.stripTrailing() + "\n").collect(Collectors.joining()));
    }

    private static String cities(List<DelayRow> rows) {
        return rows.stream().map(DelayRow::city).collect(Collectors.joining(" "));
    }
}
