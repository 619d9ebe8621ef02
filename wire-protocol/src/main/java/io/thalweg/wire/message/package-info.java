/** What a client and a server say to each other, as immutable values. */
@NullMarked
package io.thalweg.wire.message;

import org.jspecify.annotations.NullMarked;
