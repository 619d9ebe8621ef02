/** The one shape rows take from disk to client: columns of primitive arrays with a weight per row. */
@NullMarked
package io.thalweg.model.delta;

import org.jspecify.annotations.NullMarked;
