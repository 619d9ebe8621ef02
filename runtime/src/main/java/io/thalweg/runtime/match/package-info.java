/** Finds row patterns in ordered rows: the program of a pattern, the matcher that runs it, and what it reads from rows. */
@NullMarked
package io.thalweg.runtime.match;

import org.jspecify.annotations.NullMarked;
