/** The statement tree: what a user asked for, with the place of every part in the user's text. */
@NullMarked
package io.thalweg.parser.ast;

import org.jspecify.annotations.NullMarked;
