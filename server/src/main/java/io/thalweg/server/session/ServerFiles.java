package io.thalweg.server.session;

import io.thalweg.server.copy.FileCopies;
import io.thalweg.server.function.JavaFunctions;

/** What statements may do with files of the server: COPY, and the jars of functions. */
public record ServerFiles(FileCopies copies, JavaFunctions functions) {}
