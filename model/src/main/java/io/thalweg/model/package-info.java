/** The nouns that cross module borders; no I/O, no threads. */
@NullMarked
package io.thalweg.model;

import org.jspecify.annotations.NullMarked;
