/** The connection to a server or an embedded engine, and the rows that come over it; knows nothing of JDBC. */
@NullMarked
package io.thalweg.jdbc.client;

import org.jspecify.annotations.NullMarked;
