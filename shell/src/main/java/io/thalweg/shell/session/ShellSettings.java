package io.thalweg.shell.session;

import io.thalweg.shell.result.ResultFormat;

/** What the user can change while the shell runs. Belongs to the thread that runs statements. */
public final class ShellSettings {
    private ResultFormat format;
    private boolean timing;
    private final boolean debug;

    /**
     * The settings to begin with.
     *
     * @param timing whether to show how long a statement took
     * @param debug whether to show the stack trace of an error
     */
    public ShellSettings(ResultFormat format, boolean timing, boolean debug) {
        this.format = format;
        this.timing = timing;
        this.debug = debug;
    }

    boolean debug() {
        return debug;
    }

    ResultFormat format() {
        return format;
    }

    void useFormat(ResultFormat newFormat) {
        format = newFormat;
    }

    boolean timing() {
        return timing;
    }

    void showTiming(boolean newTiming) {
        timing = newTiming;
    }
}
