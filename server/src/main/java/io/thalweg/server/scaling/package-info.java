/** Lets the number of partitions follow the load: measures how much each takes, splits hot ones and merges cold ones. */
@NullMarked
package io.thalweg.server.scaling;

import org.jspecify.annotations.NullMarked;
