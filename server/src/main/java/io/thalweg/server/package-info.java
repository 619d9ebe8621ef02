/** Puts Thalweg together: catalog, sessions, pipelines on the log, front doors, configuration and metrics. */
@NullMarked
package io.thalweg.server;

import org.jspecify.annotations.NullMarked;
