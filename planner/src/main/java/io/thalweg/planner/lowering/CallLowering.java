package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ScalarExpression;

/** Translates the calls of one operator. */
interface CallLowering {
    ScalarExpression lower(CallSite call);
}
