/** The code of users: classes out of jars, kept apart from ours and from each other, and how they are called. */
@NullMarked
package io.thalweg.runtime.foreign;

import org.jspecify.annotations.NullMarked;
