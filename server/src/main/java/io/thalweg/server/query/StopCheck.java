package io.thalweg.server.query;

/** Asked again and again by work that takes long: whether it is to stop. */
@FunctionalInterface
interface StopCheck {
    /** Ends the work by throwing the reason, if there is one. */
    void check();
}
