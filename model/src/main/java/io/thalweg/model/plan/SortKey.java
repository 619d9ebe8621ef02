package io.thalweg.model.plan;

/** One key of an order, the first being the most significant. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
