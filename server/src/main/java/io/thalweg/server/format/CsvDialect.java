package io.thalweg.server.format;

/**
 * How CSV is written, beside RFC 4180: which byte parts fields, which one quotes them (and, doubled, itself), and which
 * text without quotes is NULL.
 */
public record CsvDialect(byte delimiter, byte quote, String nullText) {
    /** Commas, double quotes, and nothing for NULL. */
    public static final CsvDialect DEFAULT = new CsvDialect((byte) ',', (byte) '"', "");
}
