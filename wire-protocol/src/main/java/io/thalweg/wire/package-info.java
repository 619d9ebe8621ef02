/** The native protocol: its messages, their bytes, and the link they travel on; shared by both ends of a connection. */
@NullMarked
package io.thalweg.wire;

import org.jspecify.annotations.NullMarked;
