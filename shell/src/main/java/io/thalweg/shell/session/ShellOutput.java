package io.thalweg.shell.session;

import io.thalweg.shell.text.Look;
import java.io.PrintWriter;

/**
 * Where the shell writes.
 *
 * @param results for results and for what commands answer
 * @param messages for errors
 * @param look what both can show
 */
public record ShellOutput(PrintWriter results, PrintWriter messages, Look look) {}
