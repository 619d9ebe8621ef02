package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/** A change of the partitions of an object. */
public sealed interface PartitionChange {
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of change. */
    interface Visitor<R> {
        R visitSplit(Split split);

        R visitMerge(Merge merge);

        R visitAdd(Add add);
    }

    /** A number of or for partitions, where it stood. */
    record Number(int value, SourceSpan span) {}

    /** The text of a hash, where it stood. */
    record Point(String text, SourceSpan span) {}

    /** {@code SPLIT PARTITION n}, with or without {@code AT 'hash'}. */
    record Split(Number partition, Optional<Point> at) implements PartitionChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSplit(this);
        }
    }

    /** {@code MERGE PARTITIONS a, b}. */
    record Merge(Number first, Number second) implements PartitionChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMerge(this);
        }
    }

    /** {@code ADD PARTITIONS n}: so many more. */
    record Add(Number count) implements PartitionChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAdd(this);
        }
    }
}
