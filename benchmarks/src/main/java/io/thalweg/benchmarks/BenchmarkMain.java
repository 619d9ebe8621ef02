package io.thalweg.benchmarks;

import io.thalweg.benchmarks.log.LogBenchmarks;
import io.thalweg.benchmarks.micro.MicroBenchmarks;
import io.thalweg.benchmarks.nexmark.NexmarkBenchmarks;
import io.thalweg.benchmarks.system.SystemBenchmarks;
import io.thalweg.model.SuppressForbidden;
import picocli.CommandLine;

/** {@code ./thalweg bench}. */
@SuppressForbidden(reason = "a command prints its errors to the terminal")
public final class BenchmarkMain {
    private BenchmarkMain() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new SystemBenchmarks())
                .addSubcommand(new LogBenchmarks())
                .addSubcommand(new NexmarkBenchmarks())
                .addSubcommand(new MicroBenchmarks())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("bench: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        System.exit(status);
    }
}
