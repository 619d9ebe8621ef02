/** What groups of consumers remember of how far they have come, in a compacted partition of its own. */
@NullMarked
package io.thalweg.log.offsets;

import org.jspecify.annotations.NullMarked;
