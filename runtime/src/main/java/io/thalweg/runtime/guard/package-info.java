/** Checks around an operator that its neighbours keep their promises: on in tests, where a broken one should be seen at once. */
@NullMarked
package io.thalweg.runtime.guard;

import org.jspecify.annotations.NullMarked;
