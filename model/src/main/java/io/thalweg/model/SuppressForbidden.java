package io.thalweg.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Permits the annotated code to use a banned API: the wall clock, a sleep, unseeded randomness or the standard streams.
 *
 * <p>The build reads it from the class file and skips the annotated class or method. A lambda is compiled to a method
 * of its own, so code in a lambda needs the annotation on its class.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface SuppressForbidden {

    /** Why the injected ports cannot serve here, as a sentence. */
    String reason();
}
