package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.parser.SqlText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the statement that makes an object: what SHOW CREATE answers. Executed elsewhere it makes an equal object. */
public final class DefinitionText {
    private DefinitionText() {}

    /** The statement, over several lines, without a semicolon. */
    public static String of(CatalogObject object) {
        return object.accept(new Writer());
    }

    private static final class Writer implements CatalogObject.Visitor<String> {
        @Override
        public String visitStream(StreamDefinition stream) {
            List<String> elements = columns(stream.columns());
            RowType stored = stream.columns().storedType();
            stream.watermark().ifPresent(watermark -> elements.add(watermark(watermark, stored)));
            return create(stream, elements)
                    + distribution(stream.distribution(), stored, stream.partitionCount())
                    + options(stream.properties());
        }

        @Override
        public String visitTable(TableDefinition table) {
            List<String> elements = columns(table.columns());
            RowType stored = table.columns().storedType();
            elements.add("PRIMARY KEY (" + names(table.primaryKey(), stored) + ")");
            return create(table, elements)
                    + distribution(List.of(), stored, table.partitionCount())
                    + options(table.properties());
        }

        @Override
        public String visitView(ViewDefinition view) {
            return view(view, view.query());
        }

        @Override
        public String visitMaterializedView(MaterializedViewDefinition view) {
            return view(view, view.query());
        }

        @Override
        public String visitSystemTable(SystemTableDefinition table) {
            throw new ThalwegException(
                    ErrorCode.WRONG_OBJECT_KIND, "system table " + table.name() + " was not made by a statement");
        }

        private static String create(CatalogObject object, List<String> elements) {
            return "CREATE " + object.kind().sqlName() + " " + name(object.name()) + " (\n  "
                    + String.join(",\n  ", elements) + "\n)" + comment(object);
        }

        private static String view(CatalogObject view, String query) {
            String columns = view.type().fields().stream()
                    .map(field -> SqlText.name(field.name()))
                    .collect(Collectors.joining(", "));
            return "CREATE " + view.kind().sqlName() + " " + name(view.name()) + " (" + columns + ")" + comment(view)
                    + " AS\n" + query.strip();
        }

        private static String comment(CatalogObject object) {
            return object.comment()
                    .map(comment -> "\nCOMMENT " + SqlText.string(comment))
                    .orElse("");
        }

        private static String name(ObjectName name) {
            return name.schema().equals(ObjectName.DEFAULT_SCHEMA)
                    ? SqlText.name(name.name())
                    : SqlText.name(name.schema()) + "." + SqlText.name(name.name());
        }

        private static List<String> columns(RowColumns columns) {
            List<String> elements = new ArrayList<>();
            columns.columns().forEach(column -> elements.add(column(column)));
            return elements;
        }

        private static String column(ColumnDefinition column) {
            String expression = column.expression().orElse("").strip();
            String source = switch (column.origin()) {
                case STORED -> expression.isEmpty() ? "" : " DEFAULT " + expression;
                case GENERATED -> " GENERATED ALWAYS AS (" + expression + ") VIRTUAL";
                case METADATA -> " METADATA FROM " + SqlText.string(expression) + " VIRTUAL";
            };
            // What a generated or metadata column may be follows from its source and is not said again.
            String type =
                    column.isStored() ? column.type().toString() : column.type().sqlText();
            String comment = column.comment()
                    .map(text -> " COMMENT " + SqlText.string(text))
                    .orElse("");
            return SqlText.name(column.name()) + " " + type + source + comment;
        }

        private static String watermark(WatermarkDefinition watermark, RowType stored) {
            String column = SqlText.name(stored.name(watermark.column()));
            String seconds = BigDecimal.valueOf(watermark.delayMicros(), 6)
                    .stripTrailingZeros()
                    .toPlainString();
            String delay =
                    watermark.delayMicros() == 0 ? "" : " - INTERVAL '" + seconds + "' SECOND" + precision(seconds);
            return "WATERMARK FOR " + column + " AS " + column + delay;
        }

        /** An INTERVAL literal has two digits before its point unless more are said. */
        private static String precision(String seconds) {
            int digits = seconds.indexOf('.') < 0 ? seconds.length() : seconds.indexOf('.');
            return digits <= 2 ? "" : "(" + digits + ")";
        }

        private static String distribution(List<Integer> columns, RowType stored, int partitions) {
            if (columns.isEmpty() && partitions == 1) {
                return "";
            }
            String by = columns.isEmpty() ? "" : "DISTRIBUTED BY HASH (" + names(columns, stored) + ") ";
            return "\n" + by + "INTO " + partitions + " PARTITIONS";
        }

        private static String names(List<Integer> columns, RowType stored) {
            return columns.stream()
                    .map(stored.fields()::get)
                    .map(Field::name)
                    .map(SqlText::name)
                    .collect(Collectors.joining(", "));
        }

        private static String options(ObjectProperties properties) {
            return properties.options().isEmpty()
                    ? ""
                    : properties.options().entrySet().stream()
                            .map(option -> SqlText.string(option.getKey()) + " = " + SqlText.string(option.getValue()))
                            .collect(Collectors.joining(", ", "\nWITH (", ")"));
        }
    }
}
