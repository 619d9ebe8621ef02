package io.thalweg.shell.demo;

import io.thalweg.shell.text.DisplayText;
import io.thalweg.shell.text.Ink;
import io.thalweg.shell.text.Look;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Draws the two rankings side by side in 80 columns: the latest week on the left, all weeks on the right. Rows that
 * changed since the last drawing stand out.
 */
final class BoardText {
    /** No line is wider. */
    static final int WIDTH = 80;

    private static final int BAR_CELLS = 30;
    private static final int CITY_CELLS = 16;
    private static final double MANY_LATE = 0.4;
    private static final double SOME_LATE = 0.25;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final Look look;
    private final int ranks;
    private Map<String, Long> shownBefore = Map.of();

    /**
     * A drawing with a fixed height.
     *
     * @param ranks how many rows each ranking shows
     */
    BoardText(Look look, int ranks) {
        this.look = look;
        this.ranks = ranks;
    }

    /** The whole picture: progress and rankings. */
    List<String> lines(DemoProgress progress) {
        List<String> lines = new ArrayList<>();
        lines.add(title(progress));
        lines.add(bar(progress));
        lines.add("");
        lines.addAll(rankings(progress));
        lines.add(look.paint(
                Ink.FAINT,
                " delay: average minutes " + look.dot() + " late: share of flights more than 15 minutes late"));
        return lines;
    }

    private String title(DemoProgress progress) {
        String facts = " " + look.dot() + " one SQL query follows " + number(progress.total()) + " US flights of 2001";
        return " " + look.paint(Ink.STRONG, "Thalweg demo") + look.paint(Ink.FAINT, facts);
    }

    private String bar(DemoProgress progress) {
        int full = (int) ((long) BAR_CELLS * progress.loaded() / Math.max(1, progress.total()));
        String done = (look.unicode() ? "█" : "#").repeat(full);
        String open = (look.unicode() ? "░" : ".").repeat(BAR_CELLS - full);
        return " " + look.paint(Ink.ACCENT, done) + look.paint(Ink.FAINT, open) + "  " + number(progress.loaded())
                + " of " + number(progress.total()) + " " + look.dot() + " " + DATE.format(progress.reached());
    }

    /** The two rankings with their headings. */
    List<String> rankings(DemoProgress progress) {
        List<DelayRow> rows = progress.rows();
        Optional<LocalDate> week = rows.stream().map(DelayRow::week).max(LocalDate::compareTo);
        List<DelayRow> left = week.map(day -> DelayRanking.ofWeek(rows, day, DemoProgress.MIN_WEEK_FLIGHTS))
                .orElse(List.of());
        List<DelayRow> right = DelayRanking.ofAllWeeks(rows, progress.minAllFlights());
        String weekText = week.map(day -> DAY.format(day) + " - " + DAY.format(day.plusDays(6)))
                .orElse("");

        List<String> lines = new ArrayList<>();
        String between = look.paint(Ink.FAINT, look.vertical());
        lines.add(heading("Week " + weekText, DemoProgress.MIN_WEEK_FLIGHTS + "+ flights")
                + between
                + heading("All weeks", progress.minAllFlights() + "+ flights"));
        lines.add(look.paint(Ink.FAINT, columns()) + between + look.paint(Ink.FAINT, columns()));
        String half = look.horizontal().repeat(WIDTH / 2 - 1);
        lines.add(look.paint(Ink.FAINT, half + look.cross() + half));
        Map<String, Long> shownNow = new HashMap<>();
        for (int i = 0; i < ranks; i++) {
            lines.add(cells("week", left, i, shownNow) + between + cells("all", right, i, shownNow));
        }
        shownBefore = shownNow;
        return lines;
    }

    private String heading(String title, String note) {
        int width = WIDTH / 2 - 2;
        String text = title.isEmpty() ? "" : look.paint(Ink.STRONG, title);
        int gap = width - title.length() - note.length() - 1;
        return " " + text + " ".repeat(Math.max(1, gap)) + look.paint(Ink.FAINT, note) + " ";
    }

    private static String columns() {
        return " " + DisplayText.padRight("city", CITY_CELLS) + " flights  delay  late ";
    }

    private String cells(String panel, List<DelayRow> ranking, int index, Map<String, Long> shownNow) {
        if (index >= ranking.size()) {
            return " ".repeat(WIDTH / 2 - 1);
        }
        DelayRow row = ranking.get(index);
        String key = panel + row.city();
        shownNow.put(key, row.flights());
        boolean changed = !shownBefore.isEmpty() && !Long.valueOf(row.flights()).equals(shownBefore.get(key));
        String city = DisplayText.padRight(DisplayText.cut(row.city(), CITY_CELLS, look.ellipsis()), CITY_CELLS);
        String counts =
                DisplayText.padLeft(number(row.flights()), 8) + String.format(Locale.ROOT, "%7.1f", row.averageDelay());
        String late = String.format(Locale.ROOT, "%5.0f%%", 100 * row.delayedShare());
        return " " + (changed ? look.paint(Ink.STRONG, city + counts) : city + counts)
                + look.paint(lateInk(row.delayedShare()), late) + " ";
    }

    private static Ink lateInk(double share) {
        return share >= MANY_LATE ? Ink.BAD : share >= SOME_LATE ? Ink.WARM : Ink.GOOD;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
