package io.thalweg.log.simulation;

/** The power is gone: thrown by the operation that was cut off, and by every later one. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(long operation) {
        super("power lost at operation " + operation, null, false, false);
    }
}
