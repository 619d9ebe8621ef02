package io.thalweg.parser.ast;

import java.util.List;
import java.util.Optional;

/**
 * What stands between the parentheses of {@code CREATE STREAM} or {@code CREATE TABLE}. Column names are distinct.
 *
 * @param primaryKey also from {@code PRIMARY KEY} behind a column
 */
public record RelationElements(
        List<ColumnDeclaration> columns,
        Optional<WatermarkDeclaration> watermark,
        Optional<PrimaryKeyDeclaration> primaryKey) {
    public RelationElements {
        columns = List.copyOf(columns);
    }
}
