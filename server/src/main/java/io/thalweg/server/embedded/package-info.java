/** The whole server inside the process of its client, found by the driver through a service file. */
@NullMarked
package io.thalweg.server.embedded;

import org.jspecify.annotations.NullMarked;
