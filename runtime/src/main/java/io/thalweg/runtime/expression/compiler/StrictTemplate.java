package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.expression.FunctionCall;
import java.util.List;

/**
 * A function that is NULL if an argument is: evaluates the arguments, and the body only if none is NULL.
 *
 * @param body the Java of the function
 * @param inline whether the body is so cheap and safe that it may be a term within other terms
 */
record StrictTemplate(Body body, boolean inline) implements FunctionTemplate {
    /** Writes a Java expression for the value, or for a holder a statement (without semicolon) that fills it. */
    interface Body {
        String write(StrictCall call);
    }

    static StrictTemplate of(Body body) {
        return new StrictTemplate(body, false);
    }

    /**
     * A body from a pattern: {@code $0} to {@code $9} stand for the values of the arguments, {@code $r} for the holder
     * of the result.
     */
    static StrictTemplate of(String pattern) {
        return new StrictTemplate(call -> call.fill(pattern), false);
    }

    /** A body from a pattern that reads its arguments only and cannot fail. */
    static StrictTemplate inline(String pattern) {
        return new StrictTemplate(call -> call.fill(pattern), true);
    }

    @Override
    public Fragment generate(FunctionCall call, ExpressionGenerator generator) {
        return generate(call, generator.generateAll(call.arguments()), generator.source());
    }

    /** As for the call, but over other arguments. */
    Fragment generate(FunctionCall call, List<Fragment> values, ProgramSource source) {
        if (values.stream().anyMatch(Fragment::alwaysNull)) {
            return Fragment.nullOf(call.type());
        }
        StrictCall strict = new StrictCall(call, values, source);
        return strict.finish(body.write(strict), inline);
    }
}
