package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.query.NameSuggestion;
import java.util.ArrayList;
import java.util.List;

/** Which value of an inserted row goes into which stored column. */
final class InsertColumns {
    private final CatalogObject object;
    private final SourceSpan span;
    private final List<ColumnDefinition> stored;
    private final RowType storedType;
    private final List<Integer> given;

    private InsertColumns(CatalogObject object, SourceSpan span, RowColumns columns, List<Integer> given) {
        this.object = object;
        this.span = span;
        this.stored =
                columns.columns().stream().filter(ColumnDefinition::isStored).toList();
        this.storedType = columns.storedType();
        this.given = given;
    }

    static InsertColumns of(InsertTarget target) {
        RowColumns columns = columnsOf(target.object(), target.span());
        List<Integer> given = new ArrayList<>();
        if (target.columns().isEmpty()) {
            for (int i = 0; i < columns.storedType().size(); i++) {
                given.add(i);
            }
        } else {
            target.columns().get().forEach(name -> given.add(storedColumn(name, target, columns, given)));
        }
        return new InsertColumns(target.object(), target.span(), columns, given);
    }

    static RowColumns columnsOf(CatalogObject object, SourceSpan span) {
        if (object instanceof StreamDefinition stream) {
            return stream.columns();
        }
        if (object instanceof TableDefinition table) {
            return table.columns();
        }
        throw new ThalwegException(
                        ErrorCode.WRONG_OBJECT_KIND,
                        object.kind().noun() + " " + object.name() + " cannot be inserted into")
                .at(span);
    }

    private static int storedColumn(String name, InsertTarget target, RowColumns columns, List<Integer> given) {
        CatalogObject object = target.object();
        String where = object.kind().noun() + " " + object.name();
        int visible = columns.visibleType().indexOf(name);
        if (visible < 0) {
            List<String> names =
                    columns.columns().stream().map(ColumnDefinition::name).toList();
            ThalwegException undefined = new ThalwegException(
                            ErrorCode.UNDEFINED_COLUMN, "column " + name + " does not exist in " + where)
                    .at(target.span());
            throw NameSuggestion.closest(name, names)
                    .map(close -> undefined.withHint("There is a column " + close + "."))
                    .orElse(undefined);
        }
        int column = columns.storedIndex(visible);
        if (column < 0) {
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "column " + name + " of " + where + " is not stored and takes no values")
                    .at(target.span());
        }
        if (given.contains(column)) {
            throw new ThalwegException(ErrorCode.DUPLICATE_COLUMN, "column " + name + " is named twice")
                    .at(target.span());
        }
        return column;
    }

    /** How many values a row has. */
    int size() {
        return given.size();
    }

    SourceSpan span() {
        return span;
    }

    RowType storedType() {
        return storedType;
    }

    /** The columns of the rows that a plan makes, see {@link AssignmentCast#open}. */
    RowType assignedType() {
        return new RowType(storedType.fields().stream()
                .map(field -> new Field(field.name(), AssignmentCast.open(field.type())))
                .toList());
    }

    ColumnDefinition column(int storedIndex) {
        return stored.get(storedIndex);
    }

    /** The column as messages name it. */
    String describe(int storedIndex) {
        return "column " + stored.get(storedIndex).name() + " of "
                + object.kind().noun() + " " + object.name();
    }

    /** Which value of a row goes into a stored column; -1 if none does. */
    int positionOf(int storedIndex) {
        return given.indexOf(storedIndex);
    }

    ThalwegException countMismatch(int values) {
        return new ThalwegException(
                ErrorCode.INVALID_QUERY,
                "a row has " + values + (values == 1 ? " value, but " : " values, but ")
                        + object.kind().noun() + " " + object.name() + " is to be given " + size());
    }
}
