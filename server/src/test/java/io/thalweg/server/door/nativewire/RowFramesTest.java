package io.thalweg.server.door.nativewire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowFramesTest {
    private static final RowType TYPE = RowType.of("id", SqlType.INTEGER, "text", SqlType.VARCHAR);

    private final List<String> frames = new ArrayList<>();
    private int next;

    private RowFrames frames(int fetchRows, int largestFrame) {
        return new RowFrames(TYPE, fetchRows, rows -> {
            if (rows.rowCount() > largestFrame) {
                throw new ThalwegException(ErrorCode.VALUE_TOO_LARGE, "the frame is too large");
            }
            int first = rows.intColumn(0).value(0);
            frames.add(first + ".." + rows.intColumn(0).value(rows.rowCount() - 1));
        });
    }

    private DeltaBatch rows(int count, int textLength) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(TYPE);
        for (int i = 0; i < count; i++) {
            builder.column(0).appendInt(next++);
            builder.column(1).appendText("x".repeat(textLength));
            builder.endRow();
        }
        return builder.build();
    }

    @Test
    void gathersFewRowsUntilNoMoreAreReady() {
        RowFrames output = frames(0, Integer.MAX_VALUE);
        output.add(rows(10, 1));
        output.add(rows(10, 1));
        assertEquals(List.of(), frames);
        output.flush();
        output.flush();
        assertEquals(List.of("0..19"), frames);
    }

    @Test
    void sendsManyRowsAtOnce() {
        RowFrames output = frames(0, Integer.MAX_VALUE);
        output.add(rows(2_000, 1));
        assertEquals(List.of("0..1999"), frames);
    }

    @Test
    void keepsTheOrderWhenManyFollowFew() {
        RowFrames output = frames(0, Integer.MAX_VALUE);
        output.add(rows(10, 1));
        output.add(rows(4_100, 1));
        output.flush();
        assertEquals(List.of("0..4095", "4096..4109"), frames);
    }

    @Test
    void heedsTheFetchSize() {
        RowFrames output = frames(3, Integer.MAX_VALUE);
        output.add(rows(7, 1));
        output.add(rows(1, 1));
        output.flush();
        assertEquals(List.of("0..2", "3..5", "6..6", "7..7"), frames);
    }

    @Test
    void cutsWideRowsByTheirSize() {
        RowFrames output = frames(0, Integer.MAX_VALUE);
        output.add(rows(30, 100_000));
        output.flush();
        assertEquals(List.of("0..9", "10..19", "20..29"), frames);
    }

    @Test
    void halvesWhatDoesNotFitAFrame() {
        RowFrames output = frames(0, 3);
        output.add(rows(8, 1));
        output.flush();
        assertEquals(List.of("0..1", "2..3", "4..5", "6..7"), frames);
        RowFrames nothingFits = frames(0, 0);
        nothingFits.add(rows(1, 1));
        assertThrows(ThalwegException.class, nothingFits::flush);
    }
}
