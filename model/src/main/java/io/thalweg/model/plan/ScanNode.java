package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * Reads some columns of an object of the catalog.
 *
 * @param objectId the object's id; 0 for a system table, which is known by its name
 * @param name the object's qualified name when the query was planned, for messages and for system tables
 * @param columns which stored columns, in output order; {@link #PARTITION_COLUMN}, {@link #OFFSET_COLUMN} and
 *     {@link #APPEND_TIME_COLUMN} ask for what the log knows of a row
 * @param hasWatermark whether the source makes a watermark
 */
public record ScanNode(
        SourceKind kind, long objectId, String name, List<Integer> columns, boolean hasWatermark, RowType type)
        implements PlanNode {
    /** INTEGER: the partition a row lies in. */
    public static final int PARTITION_COLUMN = -1;
    /** BIGINT: the offset of a row in its partition. */
    public static final int OFFSET_COLUMN = -2;
    /** TIMESTAMP(6) WITH LOCAL TIME ZONE: when the row was appended. */
    public static final int APPEND_TIME_COLUMN = -3;

    public ScanNode {
        columns = List.copyOf(columns);
        if (columns.size() != type.size()) {
            throw new IllegalArgumentException(columns.size() + " columns with a row type of " + type.size());
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitScan(this);
    }
}
