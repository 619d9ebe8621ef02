package io.thalweg.runtime.operator;

import io.thalweg.runtime.state.MemoryAccount;

/**
 * What an operator gets from its pipeline.
 *
 * @param account what its state is charged to
 * @param cancellationCheck called at least once for every few thousand rows of work; throws to end the work
 * @param time the current time of each step
 */
public record OperatorContext(MemoryAccount account, Runnable cancellationCheck, StepTime time) {}
