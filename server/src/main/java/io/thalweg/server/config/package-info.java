/** The options of the server: one declaration each, for the properties file, the command line and the reference page. */
@NullMarked
package io.thalweg.server.config;

import org.jspecify.annotations.NullMarked;
