package io.thalweg.runtime.testkit;

/** Says that what is evaluated naively would take too long that way. */
public final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;
}
