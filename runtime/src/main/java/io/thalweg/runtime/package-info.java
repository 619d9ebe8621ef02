/** Runs physical plans: deltas go in, deltas come out, and the outside world is reached through ports only. */
@NullMarked
package io.thalweg.runtime;

import org.jspecify.annotations.NullMarked;
