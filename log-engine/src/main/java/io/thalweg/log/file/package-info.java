/** The port to the file system, so that a test can cut the power between any two operations of the log. */
@NullMarked
package io.thalweg.log.file;

import org.jspecify.annotations.NullMarked;
