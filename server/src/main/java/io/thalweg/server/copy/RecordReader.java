package io.thalweg.server.copy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The records of a file, one after the other, each whole in memory and none longer than a bound. A record that is too long
 * or does not end is told as a defect, and reading goes on at the next line. One owner thread.
 */
final class RecordReader {
    /** The longest record. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private static final int READ_BYTES = 1 << 18;
    /** So much of a record that is too long is shown. */
    private static final int SAMPLE_BYTES = 1 << 10;

    private final InputStream input;
    private RecordScanner scanner = new LineScanner(false);
    private byte[] data = new byte[2 * READ_BYTES];
    /** What has been read and is not consumed: from here on. */
    private int position;

    private int limit;
    private boolean atEnd;
    private boolean endTold;
    private boolean skipsLine;
    private boolean keepsEmpty;
    private int start;
    private int length;
    private long line;
    private long nextLine = 1;
    private Optional<String> defect = Optional.empty();

    /** Reads lines, until another scanner is given. */
    RecordReader(InputStream input) {
        this.input = input;
    }

    void use(RecordScanner newScanner) {
        scanner = newScanner;
    }

    /** Passes over a byte order mark; the first call, if it is one. */
    void skipByteOrderMark() throws IOException {
        while (limit < 3 && !atEnd) {
            fill();
        }
        if (limit >= 3 && data[0] == (byte) 0xEF && data[1] == (byte) 0xBB && data[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    /** Passes over white space and this byte, if it comes next; tells whether it did. */
    boolean skip(byte wanted) throws IOException {
        int at = position;
        while (true) {
            while (at < limit && isSpace(data[at])) {
                at++;
            }
            if (at < limit) {
                break;
            }
            if (atEnd || at - position > MAX_RECORD_BYTES) {
                return false;
            }
            at -= fill();
        }
        if (data[at] != wanted) {
            return false;
        }
        for (int i = position; i < at; i++) {
            nextLine += data[i] == '\n' ? 1 : 0;
        }
        position = at + 1;
        return true;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n';
    }

    /** From here on an empty line is a record. */
    void keepEmpty() {
        keepsEmpty = true;
    }

    /** Goes on to the next record; false if there is none. */
    boolean next() throws IOException {
        defect = Optional.empty();
        while (true) {
            int end = findEnd();
            if (end < 0) {
                return false;
            }
            int from = position;
            int to = end;
            while (!keepsEmpty && from < to && scanner.isPadding(data[from])) {
                nextLine += data[from] == '\n' ? 1 : 0;
                from++;
            }
            line = nextLine;
            for (int at = from; at < to; at++) {
                nextLine += data[at] == '\n' ? 1 : 0;
            }
            while (to > from && scanner.isPadding(data[to - 1])) {
                to--;
            }
            start = from;
            length = to - from;
            position = end;
            if (length > 0 || keepsEmpty || defect.isPresent()) {
                return true;
            }
        }
    }

    /** The index behind the record that begins at the position; -1 at the end of the file. */
    private int findEnd() throws IOException {
        if (skipsLine) {
            skipLine();
        }
        scanner.begin();
        int scanned = position;
        while (true) {
            int end = scanner.scan(data, scanned, limit);
            if (end >= 0) {
                return end;
            }
            if (limit - position > MAX_RECORD_BYTES) {
                defect = Optional.of("a record has more than " + MAX_RECORD_BYTES + " bytes"
                        + (scanner.openAtEnd().isPresent() ? ", perhaps because a quote is not closed" : ""));
                return firstLineEnd();
            }
            scanned = limit;
            if (atEnd) {
                return lastRecord();
            }
            int shift = fill();
            scanned -= shift;
        }
    }

    private int lastRecord() {
        if (position < limit) {
            defect = scanner.openAtEnd();
            endTold |= defect.isPresent();
            return defect.isPresent() ? firstLineEnd() : limit;
        }
        Optional<String> open = endTold ? Optional.empty() : scanner.openAtEnd();
        endTold = true;
        defect = open;
        return open.isPresent() ? limit : -1;
    }

    /** Where the first line of what is there ends: behind it the next record is looked for. */
    private int firstLineEnd() {
        for (int at = position; at < limit; at++) {
            if (data[at] == '\n') {
                return at + 1;
            }
        }
        // What is left of the line is no record either.
        skipsLine = !atEnd;
        return limit;
    }

    private void skipLine() throws IOException {
        while (skipsLine) {
            int at = position;
            while (at < limit && data[at] != '\n') {
                at++;
            }
            if (at < limit) {
                position = at + 1;
                nextLine++;
                skipsLine = false;
            } else {
                position = limit;
                skipsLine = !atEnd;
                if (skipsLine) {
                    fill();
                }
            }
        }
    }

    /** Reads more, and returns how far what was there has moved to the front. */
    private int fill() throws IOException {
        int shift = 0;
        if (data.length - limit < READ_BYTES) {
            shift = position;
            int kept = limit - position;
            byte[] target =
                    data.length - kept < READ_BYTES ? new byte[Math.max(data.length * 2, kept + READ_BYTES)] : data;
            System.arraycopy(data, position, target, 0, kept);
            data = target;
            limit = kept;
            position = 0;
        }
        int count = input.read(data, limit, READ_BYTES);
        if (count < 0) {
            atEnd = true;
        } else {
            limit += count;
        }
        return shift;
    }

    /** The array that holds the record until the next is asked for. */
    byte[] data() {
        return data;
    }

    /** Where the record begins in {@link #data()}. */
    int start() {
        return start;
    }

    /** How many bytes the record has, without what parts it from others. */
    int length() {
        return length;
    }

    /** The line of the file on which the record begins, counted from 1. */
    long line() {
        return line;
    }

    /** Why the record is none. */
    Optional<String> defect() {
        return defect;
    }

    /** The line on which a byte of the record is. */
    long lineOf(int offset) {
        long result = line;
        for (int at = start; at < start + Math.min(offset, length); at++) {
            result += data[at] == '\n' ? 1 : 0;
        }
        return result;
    }

    /** How many characters into its line a byte of the record is, counted from 1. */
    int columnOf(int offset) {
        int column = 1;
        for (int at = start; at < start + Math.min(offset, length); at++) {
            // A continuation byte is 10xxxxxx, as a signed byte below -64.
            column = data[at] == '\n' ? 1 : data[at] < -64 ? column : column + 1;
        }
        return column;
    }

    /** The bytes of the record, or as many as are shown of one that is too long. */
    byte[] bytes() {
        int shown = length > MAX_RECORD_BYTES ? SAMPLE_BYTES : length;
        return Arrays.copyOfRange(data, start, start + shown);
    }
}
