/** The door of Thalweg's own protocol: one connection's life, and the sockets under it. */
@NullMarked
package io.thalweg.server.door.nativewire;

import org.jspecify.annotations.NullMarked;
