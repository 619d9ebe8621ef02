/** The conversation with a person at a terminal: prompt, history, completion, highlighting, Ctrl-C. */
@NullMarked
package io.thalweg.shell.terminal;

import org.jspecify.annotations.NullMarked;
