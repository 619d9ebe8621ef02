/** One operator for each kind of plan node: deltas go in through ports, deltas come out, state is kept in between. */
@NullMarked
package io.thalweg.runtime.operator;

import org.jspecify.annotations.NullMarked;
