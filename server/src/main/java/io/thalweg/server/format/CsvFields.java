package io.thalweg.server.format;

import io.thalweg.model.error.ErrorCode;
import java.util.Arrays;

/**
 * The fields of one CSV record: where each lies, without its quotes. A field in quotes may hold delimiters and line
 * breaks, and quotes that are doubled; a quote inside a field that does not begin with one is a character like others.
 * Reused from record to record; one owner thread.
 */
final class CsvFields {
    private final CsvDialect dialect;
    private byte[] data = {};
    private byte[] scratch = {};
    private int count;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int[] offsets = new int[16];
    private boolean[] quoted = new boolean[16];
    private boolean[] inScratch = new boolean[16];
    private int scratchLength;

    CsvFields(CsvDialect dialect) {
        this.dialect = dialect;
    }

    int count() {
        return count;
    }

    byte[] data(int field) {
        return inScratch[field] ? scratch : data;
    }

    int start(int field) {
        return starts[field];
    }

    int length(int field) {
        return lengths[field];
    }

    /** Where the field begins, from the start of the record. */
    int offset(int field) {
        return offsets[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /** Finds the fields of a record, which does not have its line break any more. */
    void split(byte[] record, int start, int length) {
        data = record;
        count = 0;
        scratchLength = 0;
        int end = start + length;
        int at = start;
        while (true) {
            at = at < end && record[at] == dialect.quote() ? quotedField(start, at, end) : plainField(start, at, end);
            if (at == end) {
                return;
            }
            // At a delimiter, behind which another field begins, be it empty.
            at++;
        }
    }

    private int plainField(int recordStart, int start, int end) {
        int at = start;
        while (at < end && data[at] != dialect.delimiter()) {
            at++;
        }
        add(start - recordStart, start, at - start);
        return at;
    }

    private int quotedField(int recordStart, int start, int end) {
        byte quote = dialect.quote();
        int at = start + 1;
        while (at < end && data[at] != quote) {
            at++;
        }
        boolean plain = at + 1 >= end || data[at + 1] != quote;
        int from = start + 1;
        int length = at - from;
        int scratchStart = scratchLength;
        if (!plain) {
            at = unquote(from, end);
            from = scratchStart;
            length = scratchLength - scratchStart;
        }
        if (at >= end) {
            throw new UndecodableRow(ErrorCode.CAST_FAILURE, "a quote is not closed", start - recordStart);
        }
        at++;
        if (at < end && data[at] != dialect.delimiter()) {
            throw new UndecodableRow(
                    ErrorCode.CAST_FAILURE,
                    "there is something between a closing quote and the delimiter",
                    at - recordStart);
        }
        add(start - recordStart, from, length);
        quoted[count - 1] = true;
        inScratch[count - 1] = !plain;
        return at;
    }

    /** Copies a field with doubled quotes, and returns where its closing quote is, or the end. */
    private int unquote(int start, int end) {
        byte quote = dialect.quote();
        if (scratch.length < scratchLength + end - start) {
            scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, scratchLength + end - start));
        }
        int at = start;
        while (at < end) {
            byte next = data[at];
            if (next == quote) {
                if (at + 1 >= end || data[at + 1] != quote) {
                    return at;
                }
                at++;
            }
            scratch[scratchLength++] = next;
            at++;
        }
        return end;
    }

    private void add(int offset, int start, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            quoted = Arrays.copyOf(quoted, count * 2);
            inScratch = Arrays.copyOf(inScratch, count * 2);
        }
        starts[count] = start;
        lengths[count] = length;
        offsets[count] = offset;
        quoted[count] = false;
        inScratch[count] = false;
        count++;
    }
}
