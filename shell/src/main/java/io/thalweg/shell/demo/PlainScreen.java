package io.thalweg.shell.demo;

import io.thalweg.shell.text.Look;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Plain lines, for a pipe or a terminal that cannot go back: one at about every tenth, and the rankings at the end. */
final class PlainScreen implements DemoScreen {
    private static final int RANKS = 15;
    private static final int SHARES = 10;

    private final PrintWriter out;
    private final BoardText board = new BoardText(Look.PLAIN, RANKS);
    private int sharesShown;

    PlainScreen(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(DemoProgress progress) {
        int shares = (int) ((long) SHARES * progress.loaded() / Math.max(1, progress.total()));
        if (shares > sharesShown) {
            sharesShown = shares;
            say(String.format(
                    Locale.ROOT,
                    "%3d %%  %s of %s flights, up to %s%s\n",
                    shares * (100 / SHARES),
                    BoardText.number(progress.loaded()),
                    BoardText.number(progress.total()),
                    progress.reached().toLocalDate(),
                    worst(progress)));
        }
    }

    private static String worst(DemoProgress progress) {
        List<DelayRow> ranking = DelayRanking.ofAllWeeks(progress.rows(), progress.minAllFlights());
        return ranking.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; worst: %s, %.0f%% late",
                        ranking.get(0).city(),
                        100 * ranking.get(0).delayedShare());
    }

    @Override
    public void finish(DemoProgress progress) {
        say("\n");
        board.rankings(progress).forEach(line -> say(line.stripTrailing() + "\n"));
    }

    @Override
    public void say(String text) {
        out.write(text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
