/** Runs queries: storage of objects on the log, the step domain that keeps tables and views, and queries beside it. */
@NullMarked
package io.thalweg.server.query;

import org.jspecify.annotations.NullMarked;
