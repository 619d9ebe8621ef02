/** What carries whole frames between a client and a server, be it a socket or a hand-over in the same process. */
@NullMarked
package io.thalweg.wire.link;

import org.jspecify.annotations.NullMarked;
