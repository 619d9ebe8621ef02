/** Results as text: one writer for each format, all fed a row at a time so that a result of any length passes through. */
@NullMarked
package io.thalweg.shell.result;

import org.jspecify.annotations.NullMarked;
