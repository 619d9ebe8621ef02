package io.thalweg.planner.rewrite;

/**
 * What is to be known of a rewrite stage.
 *
 * @param isNeeded whether there is no plan, or not the right one, without it
 */
public record StageDescription(String name, boolean isNeeded) {}
