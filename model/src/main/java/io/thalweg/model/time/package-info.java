/** Time as a port, so that a test or a replay decides what time it is. */
@NullMarked
package io.thalweg.model.time;

import org.jspecify.annotations.NullMarked;
