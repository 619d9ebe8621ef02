package io.thalweg.shell.demo;

import io.thalweg.shell.text.ProductCommand;

/** Starts the demonstration. */
public final class DemoMain {
    private DemoMain() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(ProductCommand.execute(new DemoCommand(), arguments));
    }
}
