package io.thalweg.planner.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.schema.CatalogRelation;
import io.thalweg.planner.schema.SourceScan;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * What the objects of the catalog stand for: views for their queries, checked anew, and everything else for a scan of its
 * stored columns with the generated ones computed on top.
 */
final class ViewExpansion {
    private static final int MAX_DEPTH = 32;

    private final QueryConverter converter;
    private int depth;

    ViewExpansion(QueryConverter converter) {
        this.converter = converter;
    }

    CatalogObject.Visitor<RelNode> of(CatalogRelation relation) {
        return new Expander(relation);
    }

    /** An error in the text of a definition, told as an error of the object that the definition belongs to. */
    ThalwegException inDefinition(String describedAs, ThalwegException error) {
        ThalwegException named =
                new ThalwegException(error.code(), "in " + describedAs + ": " + error.message(), error);
        return error.hint().map(named::withHint).orElse(named);
    }

    private final class Expander implements CatalogObject.Visitor<RelNode> {
        private final CatalogRelation relation;
        private final RexBuilder expressions = converter.cluster().getRexBuilder();

        Expander(CatalogRelation relation) {
            this.relation = relation;
        }

        @Override
        public RelNode visitStream(StreamDefinition stream) {
            SourceKind kind = relation.isLateRows() ? SourceKind.LATE_ROWS : SourceKind.STREAM;
            return scan(stream, kind, stream.columns());
        }

        @Override
        public RelNode visitTable(TableDefinition table) {
            return scan(table, SourceKind.TABLE, table.columns());
        }

        @Override
        public RelNode visitMaterializedView(MaterializedViewDefinition view) {
            return plainScan(view, SourceKind.MATERIALIZED_VIEW);
        }

        @Override
        public RelNode visitSystemTable(SystemTableDefinition table) {
            return plainScan(table, SourceKind.SYSTEM_TABLE);
        }

        private RelNode plainScan(CatalogObject object, SourceKind kind) {
            List<Integer> columns =
                    IntStream.range(0, object.type().size()).boxed().toList();
            return new SourceScan(converter.cluster(), object, kind, columns, object.type());
        }

        @Override
        public RelNode visitView(ViewDefinition view) {
            String name = "view " + view.name();
            if (++depth > MAX_DEPTH) {
                throw new ThalwegException(
                                ErrorCode.STATEMENT_TOO_COMPLEX,
                                name + " reads views to a depth of more than " + MAX_DEPTH)
                        .at(converter.placeOf(relation.object()));
            }
            boolean outermost = depth == 1;
            try {
                SourceText text = new SourceText(view.query(), SourceSpan.at(1, 1));
                RelNode rel = withoutOrder(
                        converter.convertView(text, view.name().schema()).project());
                return withDeclaredType(rel);
            } catch (ThalwegException e) {
                ThalwegException named = e.message().startsWith("in view ") ? e : inDefinition(name, e);
                throw outermost ? named.at(converter.placeOf(relation.object())) : named;
            } finally {
                depth--;
            }
        }

        private RelNode withoutOrder(RelNode rel) {
            if (!(rel instanceof Sort sort)) {
                return rel;
            }
            if (sort.fetch != null || sort.offset != null) {
                throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "LIMIT in a view is not supported");
            }
            return sort.getInput();
        }

        /**
         * The columns that the view was made with. A star in its query may stand for more since then, when its tables were
         * given columns; then those of the view are known by their names. That it means the same is checked when a column
         * is added.
         */
        private RelNode withDeclaredType(RelNode rel) {
            RowType declared = relation.type();
            boolean sameCount = declared.size() == rel.getRowType().getFieldCount();
            List<RexNode> columns = new ArrayList<>();
            for (int i = 0; i < declared.size(); i++) {
                int place = sameCount
                        ? i
                        : rel.getRowType()
                                .getFieldNames()
                                .indexOf(declared.field(i).name());
                if (place < 0) {
                    throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "its query has " + rel.getRowType().getFieldCount() + " columns now instead of "
                                    + declared.size());
                }
                columns.add(converted(RexInputRef.of(place, rel.getRowType()), declared.type(i)));
            }
            List<String> names = declared.fields().stream().map(Field::name).toList();
            return LogicalProject.create(rel, List.of(), columns, names, Set.of());
        }

        /** Calcite insists on exactly the type that the relation was said to have, nullability included. */
        private RexNode converted(RexNode column, SqlType type) {
            RelDataType target = TypeTranslator.toCalcite(type);
            return column.getType().equals(target) ? column : expressions.makeAbstractCast(target, column, false);
        }

        private RelNode scan(CatalogObject object, SourceKind kind, RowColumns columns) {
            RowType stored = columns.storedType();
            if (stored.size() == columns.columns().size()) {
                return plainScan(object, kind);
            }
            List<Field> fields = new ArrayList<>(stored.fields());
            List<Integer> sources = new ArrayList<>();
            IntStream.range(0, stored.size()).forEach(sources::add);
            addMetadata(ScanNode.PARTITION_COLUMN, "partition", SqlType.INTEGER, fields, sources);
            addMetadata(ScanNode.OFFSET_COLUMN, "offset", SqlType.BIGINT, fields, sources);
            addMetadata(ScanNode.APPEND_TIME_COLUMN, "timestamp", SqlType.timestampLtz(6), fields, sources);
            SourceScan scan = new SourceScan(converter.cluster(), object, kind, sources, new RowType(fields));
            List<RexNode> visible = new ArrayList<>();
            for (int i = 0; i < columns.columns().size(); i++) {
                visible.add(column(columns, i, scan, fields));
            }
            List<String> names =
                    columns.columns().stream().map(ColumnDefinition::name).toList();
            return LogicalProject.create(scan, List.of(), visible, names, Set.of());
        }

        private void addMetadata(int number, String key, SqlType type, List<Field> fields, List<Integer> sources) {
            sources.add(number);
            fields.add(new Field("$" + key, type.notNull()));
        }

        private RexNode column(RowColumns columns, int index, SourceScan scan, List<Field> fields) {
            RexNode value = columnValue(columns, index, scan, fields);
            return converted(value, relation.type().type(index));
        }

        private RexNode columnValue(RowColumns columns, int index, SourceScan scan, List<Field> fields) {
            ColumnDefinition column = columns.columns().get(index);
            if (column.isStored()) {
                return RexInputRef.of(columns.storedIndex(index), scan.getRowType());
            }
            String text = column.expression().orElse("");
            if (column.origin() == ColumnOrigin.METADATA) {
                int field = new RowType(fields).indexOf("$" + text);
                if (field >= 0) {
                    return RexInputRef.of(field, scan.getRowType());
                }
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "metadata column of key " + text + " is not supported");
            }
            return converter.convertDefinition(text, columns.storedType(), "generated column " + column.name());
        }
    }
}
