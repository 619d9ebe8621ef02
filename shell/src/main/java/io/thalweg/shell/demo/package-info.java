/** The demonstration: twenty thousand real flights stream through one continuous query while a person watches. */
@NullMarked
package io.thalweg.shell.demo;

import org.jspecify.annotations.NullMarked;
