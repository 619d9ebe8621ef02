/** What operators ask of data files from the command line, without a server: are they whole, and what is in them. */
@NullMarked
package io.thalweg.server.inspect;

import org.jspecify.annotations.NullMarked;
