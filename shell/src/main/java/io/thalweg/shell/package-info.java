/** The SQL shell: reads statements from a terminal, a file or the command line and shows their results. */
@NullMarked
package io.thalweg.shell;

import org.jspecify.annotations.NullMarked;
