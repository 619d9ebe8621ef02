package io.thalweg.model.plan;

/** Whether a query ends, and what an endless one lets out. */
public enum EmitMode {
    /** The answer over the input as it is now. */
    SNAPSHOT,
    /** The answer, then every change of it. */
    CHANGES,
    /** Each window's rows, once, when the watermark has passed its end. */
    FINAL
}
