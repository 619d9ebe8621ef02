/** What the shell does with a statement or a command: runs it on the connection, shows what comes back, stops on Ctrl-C. */
@NullMarked
package io.thalweg.shell.session;

import org.jspecify.annotations.NullMarked;
