package io.thalweg.log.recovery;

import java.util.ArrayList;
import java.util.List;

/** A leader epoch and the offset from which rows may have it. */
public record EpochStart(int epoch, long offset) {
    /** What is left of a list, in order, once the rows below an offset are gone: the epoch there begins with it. */
    static List<EpochStart> from(List<EpochStart> epochs, long offset) {
        List<EpochStart> left = new ArrayList<>();
        for (EpochStart one : epochs) {
            if (one.offset() <= offset) {
                left.clear();
            }
            left.add(new EpochStart(one.epoch(), Math.max(one.offset(), offset)));
        }
        return left;
    }
}
