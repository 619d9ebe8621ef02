package io.thalweg.shell.demo;

/** Where the demonstration shows itself. Used by one thread. */
interface DemoScreen extends AutoCloseable {
    /** Shows how far the demonstration is. */
    void show(DemoProgress progress);

    /** Shows the end of the demonstration, which stays. */
    void finish(DemoProgress progress);

    /** Writes lines that stay, each with its line end. */
    void say(String text);

    @Override
    void close();
}
