package io.thalweg.shell.demo;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders rows by how many of their flights were late, the worst first. */
final class DelayRanking {
    private static final Comparator<DelayRow> WORST_FIRST = Comparator.comparingDouble(DelayRow::delayedShare)
            .thenComparingDouble(DelayRow::averageDelay)
            .reversed()
            .thenComparing(DelayRow::city)
            .thenComparing(DelayRow::week);

    private DelayRanking() {}

    /** The worst cities of one week among those with enough flights to mean something. */
    static List<DelayRow> ofWeek(List<DelayRow> rows, LocalDate week, long minFlights) {
        return rows.stream()
                .filter(row -> row.week().equals(week) && row.flights() >= minFlights)
                .sorted(WORST_FIRST)
                .toList();
    }

    /** The worst cities over all weeks; each row carries the first week that the city appears in. */
    static List<DelayRow> ofAllWeeks(List<DelayRow> rows, long minFlights) {
        Map<String, DelayRow> byCity = new HashMap<>();
        rows.forEach(row -> byCity.merge(row.city(), row, DelayRanking::together));
        return byCity.values().stream()
                .filter(row -> row.flights() >= minFlights)
                .sorted(WORST_FIRST)
                .toList();
    }

    private static DelayRow together(DelayRow one, DelayRow other) {
        long flights = one.flights() + other.flights();
        return new DelayRow(
                one.week().isBefore(other.week()) ? one.week() : other.week(),
                one.city(),
                flights,
                (one.averageDelay() * one.flights() + other.averageDelay() * other.flights()) / flights,
                (one.delayedShare() * one.flights() + other.delayedShare() * other.flights()) / flights);
    }
}
