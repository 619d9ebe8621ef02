/** Tests of the expression compiler against tables and against a naive evaluator that shares no code with it. */
package io.thalweg.runtime.expression;
