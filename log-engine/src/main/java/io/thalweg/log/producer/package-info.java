/** What a partition remembers of idempotent producers, so that a retry is answered instead of appended again. */
@NullMarked
package io.thalweg.log.producer;

import org.jspecify.annotations.NullMarked;
