/** What a start does with the files a stop left behind: tells torn ends from damage and makes the tail durable. */
@NullMarked
package io.thalweg.log.recovery;

import org.jspecify.annotations.NullMarked;
