/** Keeps partitions without rows from holding back the watermark of their stream. */
@NullMarked
package io.thalweg.server.idle;

import org.jspecify.annotations.NullMarked;
