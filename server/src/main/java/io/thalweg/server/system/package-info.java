/** Tables whose rows the server makes from what it knows of itself when they are read. */
@NullMarked
package io.thalweg.server.system;

import org.jspecify.annotations.NullMarked;
