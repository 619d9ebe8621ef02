package io.thalweg.server.query;

/** How far the file of a COPY has been read, and how many bytes it has. */
public record FileProgress(long bytes, long totalBytes) {}
