package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Finds rows that follow each other in a pattern: MATCH_RECOGNIZE of ISO/IEC 9075-2:2016. The rows of a partition are ordered by
 * the keys, then by all columns, so that the rows alone decide what matches.
 *
 * @param partition input columns by whose values rows are partitioned; none for one partition
 * @param order the order in a partition
 * @param settledMicros if present, the first sort key is an ascending TIMESTAMP without NULLs, and no row with a value up to v
 *     comes or goes any more once the watermark has reached v plus this: what was matched there is final
 */
public record MatchNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> order,
        MatchPattern pattern,
        MatchOutput output,
        OptionalLong settledMicros,
        RowType type)
        implements PlanNode {
    public MatchNode {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        if (type.size() != output.columns().size() + output.measures().size()) {
            throw new IllegalArgumentException("a match of " + type.size() + " columns");
        }
    }

    /** The same pattern over another input, of the same type. */
    public MatchNode over(PlanNode newInput) {
        return new MatchNode(newInput, partition, order, pattern, output, settledMicros, type);
    }

    /** The same pattern over rows that settle at another time. */
    public MatchNode settling(OptionalLong newSettledMicros) {
        return new MatchNode(input, partition, order, pattern, output, newSettledMicros, type);
    }

    /** The same pattern whose matches are shown once, when they are final. */
    public MatchNode onlyFinal() {
        return new MatchNode(input, partition, order, pattern, output.onlyFinalOnes(), settledMicros, type);
    }

    /**
     * How much later than the first row of an attempt a row is when it cannot matter to it any more: the time within which a match
     * lies, unless the pattern asks for the end of the partition or something looks at rows behind those of a match.
     */
    public OptionalLong openMicros() {
        boolean looksAhead = navigations()
                .anyMatch(n ->
                        n instanceof Navigation.RowValue value && value.row().distance() > 0);
        return looksAhead || pattern.rows().asksForEnd() ? OptionalLong.empty() : pattern.withinMicros();
    }

    /** All that conditions and measures read. */
    public Stream<Navigation> navigations() {
        Stream<Navigation> conditions = pattern.variables().stream()
                .flatMap(variable -> variable.condition().stream())
                .flatMap(condition -> condition.navigations().stream());
        return Stream.concat(conditions, output.navigations().stream());
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMatch(this);
    }
}
