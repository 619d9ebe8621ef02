/** How text looks on a terminal: colours, drawing characters, the width of a character, and the caret under an error. */
@NullMarked
package io.thalweg.shell.text;

import org.jspecify.annotations.NullMarked;
