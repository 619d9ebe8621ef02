package io.thalweg.tests.differential;

import java.util.List;

/**
 * One row that comes or goes.
 *
 * @param table the number of the table
 * @param row its cells: null, Long, BigDecimal, Double, Boolean or String
 * @param weight 1 if it comes, -1 if it goes
 */
record Change(int table, List<Object> row, int weight) {}
