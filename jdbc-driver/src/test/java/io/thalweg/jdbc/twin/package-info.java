/** A server that says what a test tells it to say, with real sockets and the real codec. */
package io.thalweg.jdbc.twin;
