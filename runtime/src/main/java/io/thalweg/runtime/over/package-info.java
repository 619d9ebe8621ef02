/** Window functions over the ordered rows of one partition: frames, what a change affects, and the functions themselves. */
@NullMarked
package io.thalweg.runtime.over;

import org.jspecify.annotations.NullMarked;
