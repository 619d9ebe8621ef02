/** One frame of the log: its bytes, and the checks that tell a whole frame of this partition from anything else. */
@NullMarked
package io.thalweg.log.frame;

import org.jspecify.annotations.NullMarked;
