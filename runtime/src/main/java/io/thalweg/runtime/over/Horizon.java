package io.thalweg.runtime.over;

/**
 * What of a partition is final: no row comes or goes any more before a place.
 *
 * @param head how many of the first rows are kept for ever
 * @param open the first place whose results may still change
 * @param settled the first place where a row may come or go
 * @param prefix the lowest one that such a row may have; all rows before have a lower one
 */
record Horizon(int head, int open, int settled, long prefix) {}
