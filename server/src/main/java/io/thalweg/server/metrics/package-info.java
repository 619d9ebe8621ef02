/** Numbers about the running server, by name, for SYS.METRICS. */
@NullMarked
package io.thalweg.server.metrics;

import org.jspecify.annotations.NullMarked;
