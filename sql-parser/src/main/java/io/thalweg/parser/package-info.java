/** Turns SQL text into a statement tree whose nodes know their place in that text. */
@NullMarked
package io.thalweg.parser;

import org.jspecify.annotations.NullMarked;
