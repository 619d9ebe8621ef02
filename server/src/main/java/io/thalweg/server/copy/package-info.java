/** COPY: files of the server's machine into streams and tables, and answers of queries into files. */
@NullMarked
package io.thalweg.server.copy;

import org.jspecify.annotations.NullMarked;
