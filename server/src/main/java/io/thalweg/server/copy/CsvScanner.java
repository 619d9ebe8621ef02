package io.thalweg.server.copy;

import io.thalweg.server.format.CsvDialect;
import java.util.Optional;

/** Lines are records, but for line breaks within quotes. */
final class CsvScanner implements RecordScanner {
    private final CsvDialect dialect;
    private Place place = Place.FIELD_START;

    private enum Place {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Behind a quote within quotes, which is doubled or closes the field. */
        QUOTE
    }

    CsvScanner(CsvDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void begin() {
        place = Place.FIELD_START;
    }

    @Override
    public int scan(byte[] data, int from, int to) {
        byte quote = dialect.quote();
        byte delimiter = dialect.delimiter();
        Place now = place;
        for (int at = from; at < to; at++) {
            byte next = data[at];
            if (now == Place.QUOTED) {
                now = next == quote ? Place.QUOTE : Place.QUOTED;
            } else if (next == '\n') {
                place = Place.FIELD_START;
                return at + 1;
            } else if (next == delimiter) {
                now = Place.FIELD_START;
            } else if (next == quote) {
                now = now == Place.PLAIN ? Place.PLAIN : Place.QUOTED;
            } else {
                now = Place.PLAIN;
            }
        }
        place = now;
        return -1;
    }

    @Override
    public boolean isPadding(byte value) {
        return value == '\r' || value == '\n';
    }

    @Override
    public Optional<String> openAtEnd() {
        return place == Place.QUOTED ? Optional.of("a quote is not closed") : Optional.empty();
    }
}
