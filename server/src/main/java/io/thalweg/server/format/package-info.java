/** Rows as bytes of other formats: decoders from one record into columns, and writers from columns into a file. */
@NullMarked
package io.thalweg.server.format;

import org.jspecify.annotations.NullMarked;
