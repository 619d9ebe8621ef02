/** Makes operators from a plan, connects them, and runs them step by step. */
@NullMarked
package io.thalweg.runtime.pipeline;

import org.jspecify.annotations.NullMarked;
