package io.thalweg.server.catalog.relational;

import org.jooq.DataType;
import org.jooq.impl.SQLDataType;

/**
 * Initialises jOOQ's classes on one thread. Its {@code SQLDataType} and {@code DefaultDataType} need each other while they
 * are initialised, so two threads that begin with one each wait for ever. Whoever is about to use jOOQ calls {@link #load}
 * first: the lock that the JVM holds while it initialises this class lets only one begin.
 */
final class QueryBuilderClasses {
    private static final DataType<?> FIRST = SQLDataType.VARCHAR;

    private QueryBuilderClasses() {}

    /** Returns when jOOQ can be used from any thread. */
    static void load() {
        if (FIRST.isBinary()) {
            throw new IllegalStateException("jOOQ takes text for bytes");
        }
    }
}
