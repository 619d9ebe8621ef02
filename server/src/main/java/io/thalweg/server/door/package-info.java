/** What every front door has in common: an address that clients come to, and an end. */
@NullMarked
package io.thalweg.server.door;

import org.jspecify.annotations.NullMarked;
