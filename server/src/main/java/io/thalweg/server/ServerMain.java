package io.thalweg.server;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.config.ConfigFile;
import io.thalweg.server.config.ConfigOption;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.config.ServerOptions;
import io.thalweg.server.door.nativewire.NativeDoor;
import io.thalweg.server.failure.UserError;
import io.thalweg.server.inspect.FileDump;
import io.thalweg.server.inspect.LogVerification;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The server's program: reads the options, starts, says one line when it is ready, and ends cleanly on SIGTERM. */
public final class ServerMain {
    private static final String CONFIG_OPTION = "--config";
    /** Something outside the server must be changed first: the options, the port, the directory. */
    private static final int EXIT_REFUSED = 1;

    private static final int EXIT_USAGE = 2;
    private static final String VERIFY = "verify";
    private static final String DUMP = "dump";
    private static final String ROWS_OPTION = "--rows";
    /** The files were read and something in them is not as it should be. */
    private static final int EXIT_NOT_WHOLE = 1;

    private static final int EXIT_NOT_INSPECTED = 2;

    private final PrintWriter out;
    private final PrintWriter err;

    private ServerMain(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Starts the server, or with the word {@code log} in front lists what is in a data directory. */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(serverCommand().addSubcommand("log", logCommand()));
        commandLine.setExecutionStrategy(
                parsed -> new ServerMain(commandLine.getOut(), commandLine.getErr()).run(parsed));
        commandLine.setParameterExceptionHandler((failure, said) -> {
            commandLine.getErr().println("thalweg: " + failure.getMessage());
            commandLine.getErr().println("Options are explained by --help.");
            return EXIT_USAGE;
        });
        System.exit(commandLine.execute(arguments));
    }

    private static CommandSpec serverCommand() {
        CommandSpec command = CommandSpec.create()
                .name("thalweg server")
                .mixinStandardHelpOptions(true)
                .version("thalweg " + ThalwegServer.VERSION);
        command.usageMessage().description("Starts the server.").sortOptions(false);
        command.addOption(OptionSpec.builder(CONFIG_OPTION)
                .type(Path.class)
                .paramLabel("<file>")
                .description("A file of name = value lines. What the command line says wins.")
                .build());
        for (ConfigOption<?> option : ServerOptions.all()) {
            command.addOption(option(option));
        }
        return command;
    }

    private static CommandSpec logCommand() {
        CommandSpec command = CommandSpec.create().name("log").mixinStandardHelpOptions(true);
        command.usageMessage()
                .description("Lists the objects and partitions in the data directory of a stopped server."
                        + " With a command, looks deeper.");
        return command.addOption(option(ServerOptions.DATA))
                .addSubcommand(VERIFY, verifyCommand())
                .addSubcommand(DUMP, dumpCommand());
    }

    private static CommandSpec verifyCommand() {
        CommandSpec command = CommandSpec.create().name(VERIFY).mixinStandardHelpOptions(true);
        command.usageMessage()
                .description("Reads every byte in the data directory of a stopped server and changes nothing.")
                .footer("Exit status: 0 if all acknowledged rows are there, 1 if some are damaged, 2 if it could not be"
                        + " checked.");
        return command.addPositional(path("<directory>", "The data directory."));
    }

    private static CommandSpec dumpCommand() {
        CommandSpec command = CommandSpec.create().name(DUMP).mixinStandardHelpOptions(true);
        command.usageMessage()
                .description("Prints what is in one file of a partition, also while a server writes to it.")
                .footer("Exit status: 0 if the file ends with a whole frame, 1 if not, 2 if it could not be read.");
        command.addOption(OptionSpec.builder(ROWS_OPTION)
                .description("Prints the rows too.")
                .build());
        return command.addPositional(path("<file>", "A file <data>/log/<object>/<partition>/<offset>.log."));
    }

    private static PositionalParamSpec path(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(Path.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec option(ConfigOption<?> option) {
        String usual = option.defaultValue().toString();
        return OptionSpec.builder("--" + option.name())
                .type(String.class)
                .paramLabel("<" + option.name() + ">")
                .description(option.sentence() + " Possible: " + option.range() + ". Default: "
                        + (usual.isEmpty() ? "none" : usual) + ".")
                .build();
    }

    private int run(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            if (parsed.hasSubcommand()) {
                ParseResult log = parsed.subcommand();
                if (log.hasSubcommand()) {
                    return inspect(log.subcommand());
                }
                LogListing.print(ServerConfig.of(said(log)), out);
            } else {
                serve(ServerConfig.of(said(parsed)));
            }
            out.flush();
            return 0;
        } catch (RuntimeException failure) {
            return refuse(UserError.of(failure));
        }
    }

    private int inspect(ParseResult parsed) {
        Path path = parsed.matchedPositionalValue(0, Path.of(""));
        boolean whole;
        try {
            whole = parsed.commandSpec().name().equals(VERIFY)
                    ? new LogVerification(new DiskFileSystem(), out).run(path)
                    : new FileDump(new DiskFileSystem(), out).run(path, parsed.hasMatchedOption(ROWS_OPTION));
        } catch (RuntimeException failure) {
            out.flush();
            refuse(UserError.of(failure));
            return EXIT_NOT_INSPECTED;
        }
        out.flush();
        return whole ? 0 : EXIT_NOT_WHOLE;
    }

    private static Map<String, String> said(ParseResult parsed) {
        Map<String, String> said = new TreeMap<>();
        if (parsed.hasMatchedOption(CONFIG_OPTION)) {
            said.putAll(ConfigFile.read(parsed.matchedOptionValue(CONFIG_OPTION, Path.of(""))));
        }
        for (ConfigOption<?> option : ServerOptions.all()) {
            String name = "--" + option.name();
            if (parsed.hasMatchedOption(name)) {
                said.put(option.name(), parsed.matchedOptionValue(name, ""));
            }
        }
        return said;
    }

    private int refuse(ThalwegException failure) {
        err.println("thalweg: " + failure.message());
        failure.hint().ifPresent(err::println);
        err.flush();
        return failure.code() == ErrorCode.UNDEFINED_OPTION || failure.code() == ErrorCode.OPTION_OUT_OF_RANGE
                ? EXIT_USAGE
                : EXIT_REFUSED;
    }

    private void serve(ServerConfig config) {
        Clock clock = new SystemClock();
        ThalwegServer server = ThalwegServer.onDisk(config, clock);
        NativeDoor door;
        try {
            door = server.listen();
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            door.close();
                            server.close();
                            stopped.countDown();
                        },
                        "thalweg-shutdown"));
        out.println("thalweg " + ThalwegServer.VERSION + " is ready on " + addresses(door) + " (data in "
                + config.data() + ", " + secondsSinceStart(clock) + " s)");
        out.flush();
        server.warmUp();
        awaitQuietly(stopped);
    }

    private static String addresses(NativeDoor door) {
        return door.addresses().stream().map(ServerMain::address).collect(Collectors.joining(" and "));
    }

    private static String address(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[::1]") + ":" + address.getPort();
    }

    /** Counted from the start of the process, since that is what a user waits for. */
    private static String secondsSinceStart(Clock clock) {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return String.format(Locale.ROOT, "%.1f", (clock.epochMicros() / 1_000 - started) / 1_000.0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
