package io.thalweg.shell;

import io.thalweg.shell.text.ProductCommand;

/** Starts the SQL shell. */
public final class ShellMain {
    private ShellMain() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(ProductCommand.execute(new SqlCommand(), arguments));
    }
}
