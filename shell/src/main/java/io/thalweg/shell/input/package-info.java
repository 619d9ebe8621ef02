/** Lines that a person, a file or a pipe gives to the shell, cut into statements and commands. */
@NullMarked
package io.thalweg.shell.input;

import org.jspecify.annotations.NullMarked;
