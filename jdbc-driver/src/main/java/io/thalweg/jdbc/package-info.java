/**
 * The JDBC driver: the {@code java.sql} interfaces over a session with a server or with an engine in the same process.
 * Users meet {@link io.thalweg.jdbc.ThalwegDriver}, {@link io.thalweg.jdbc.ThalwegResultSet} by {@code unwrap}, and
 * {@link io.thalweg.jdbc.ErrorDetail}.
 */
@NullMarked
package io.thalweg.jdbc;

import org.jspecify.annotations.NullMarked;
