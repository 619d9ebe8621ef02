/** Looks at the files of a log without opening it: for operators who want to know what is there and whether it is whole. */
@NullMarked
package io.thalweg.log.inspect;

import org.jspecify.annotations.NullMarked;
