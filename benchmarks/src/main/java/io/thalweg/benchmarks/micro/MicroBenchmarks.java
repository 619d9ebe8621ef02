package io.thalweg.benchmarks.micro;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = "Measures hot pieces of the log alone, under JMH.")
public final class MicroBenchmarks implements Runnable {
    @Parameters(description = "Regular expressions of the benchmarks to run. Default: all.")
    private List<String> names = List.of();

    @Override
    public void run() {
        ChainedOptionsBuilder options = new OptionsBuilder();
        names.forEach(options::include);
        try {
            new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
