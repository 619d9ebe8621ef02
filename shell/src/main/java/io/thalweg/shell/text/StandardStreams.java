package io.thalweg.shell.text;

import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process's own streams, as UTF-8 whatever the locale says. */
public final class StandardStreams {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private StandardStreams() {}

    /** Standard output. */
    public static PrintWriter out() {
        return writer(FileDescriptor.out);
    }

    /** Standard error. */
    public static PrintWriter err() {
        return writer(FileDescriptor.err);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), BUFFER_CHARACTERS));
    }

    /** Whether both input and output belong to a terminal. */
    public static boolean areTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console even for a pipe, and a method that tells.
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
