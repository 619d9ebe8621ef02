package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.expression.FunctionCall;

/** Writes the Java of the calls of one function for one combination of argument kinds. */
interface FunctionTemplate {
    Fragment generate(FunctionCall call, ExpressionGenerator generator);
}
