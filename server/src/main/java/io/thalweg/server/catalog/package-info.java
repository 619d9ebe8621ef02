/** The catalog as a state machine: records go to its journal first, and the state is nothing but their replay. */
@NullMarked
package io.thalweg.server.catalog;

import org.jspecify.annotations.NullMarked;
