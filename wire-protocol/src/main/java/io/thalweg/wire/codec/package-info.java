/** The bytes of the messages and of the frames that carry them. */
@NullMarked
package io.thalweg.wire.codec;

import org.jspecify.annotations.NullMarked;
