package io.thalweg.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of the form key=value, one a line; no value makes a tombstone. */
final class KeyedRows {
    static final RowKeys KEYS = (frame, visitor) -> {
        String[] rows = text(frame).split("\n");
        for (int i = 0; i < rows.length; i++) {
            String key = rows[i].substring(0, rows[i].indexOf('='));
            visitor.row(i, key.getBytes(StandardCharsets.UTF_8), rows[i].endsWith("="));
        }
    };

    private KeyedRows() {}

    static AppendRequest request(List<String> rows) {
        ByteBuffer payload = StandardCharsets.UTF_8.encode(String.join("\n", rows));
        return AppendRequest.of(PayloadKind.RECORD, payload, rows.size());
    }

    private static String text(LogCursor cursor) {
        return StandardCharsets.UTF_8.decode(cursor.payload().duplicate()).toString();
    }

    /** Every row that is served, with its offset. */
    static List<String> rows(PartitionLog log) {
        List<String> rows = new ArrayList<>();
        try (LogCursor cursor = log.read(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                long offset = cursor.baseOffset();
                for (String row : text(cursor).split("\n")) {
                    rows.add(offset++ + ": " + row);
                }
            }
        }
        return rows;
    }

    /** The payloads of all frames that a cursor shows, after which it is closed. */
    static List<String> texts(LogCursor cursor) {
        List<String> texts = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                texts.add(text(cursor));
            }
        }
        return texts;
    }

    /** What somebody knows who has read everything. */
    static Map<String, String> state(PartitionLog log) {
        Map<String, String> state = new TreeMap<>();
        try (LogCursor cursor = log.read(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                apply(state, cursor);
            }
        }
        return state;
    }

    /** Applies the frame a reader is on; returns where it goes on. */
    static long apply(Map<String, String> state, LogCursor cursor) {
        for (String row : text(cursor).split("\n")) {
            apply(state, row);
        }
        return cursor.baseOffset() + cursor.rowCount();
    }

    static void apply(Map<String, String> state, String row) {
        int at = row.indexOf('=');
        if (at == row.length() - 1) {
            state.remove(row.substring(0, at));
        } else {
            state.put(row.substring(0, at), row.substring(at + 1));
        }
    }
}
