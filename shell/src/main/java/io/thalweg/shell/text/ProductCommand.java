package io.thalweg.shell.text;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a command line so that a mistake costs the user two lines and not a page. */
public final class ProductCommand {
    private static final int WRONG_OPTION = 2;
    private static final int FAILED = 1;

    private ProductCommand() {}

    /** Reads the options, calls the command, and returns the exit code. */
    public static int execute(Callable<Integer> command, String[] arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(StandardStreams.out())
                .setErr(StandardStreams.err())
                .setParameterExceptionHandler((mistake, given) -> {
                    String name = mistake.getCommandLine().getCommandName();
                    say(ErrorDetails.of(
                            String.valueOf(mistake.getMessage()), "./" + name + " --help lists the options."));
                    return WRONG_OPTION;
                })
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    say(ErrorDetails.of(
                            describe(failure), "./" + line.getCommandName() + " --help explains the command."));
                    return FAILED;
                })
                .execute(arguments);
    }

    /** Input and output fail with messages that only name a file; the kind of failure is in the class's name. */
    private static String describe(Exception failure) {
        String kind = failure.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return kind.toLowerCase(Locale.ROOT).replace(" exception", "") + ": " + failure.getMessage();
    }

    private static void say(ErrorDetails details) {
        PrintWriter messages = StandardStreams.err();
        messages.write(new ErrorText(Look.PLAIN).render(details, ""));
        messages.flush();
    }
}
