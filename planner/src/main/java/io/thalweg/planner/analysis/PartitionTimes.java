package io.thalweg.planner.analysis;

import io.thalweg.model.plan.CloseTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is known of time in rows that are looked at by partitions: the columns of the partition keep their times, and the first
 * of them that is complete closes it.
 *
 * @param times by column; a list of its own that may be changed
 */
record PartitionTimes(List<Optional<ColumnTime>> times, Optional<CloseTime> close) {
    /**
     * @param partition the columns that make a partition
     * @param input the times of the rows' columns
     * @param width how many columns the result has, those of the rows first
     */
    static PartitionTimes of(List<Integer> partition, List<Optional<ColumnTime>> input, int width) {
        List<Optional<ColumnTime>> times = new ArrayList<>(Collections.nCopies(width, Optional.empty()));
        Optional<CloseTime> close = Optional.empty();
        for (int column : partition) {
            Optional<ColumnTime> time = input.get(column);
            times.set(column, time);
            if (close.isEmpty() && time.isPresent() && time.get().isComplete()) {
                close = Optional.of(new CloseTime(column, time.get().offsetMicros()));
            }
        }
        return new PartitionTimes(times, close);
    }
}
