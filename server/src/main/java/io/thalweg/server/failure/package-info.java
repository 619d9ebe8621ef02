/** What a user is told of failures that nobody foresaw. */
@NullMarked
package io.thalweg.server.failure;

import org.jspecify.annotations.NullMarked;
