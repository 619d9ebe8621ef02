package io.thalweg.server.format.parquet;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file that we write: all may be NULL, and each has the type that stands for ours. */
final class WrittenSchema {
    private static final int DECIMAL_BYTES = 16;

    private WrittenSchema() {}

    /** The schema as the library writes pages by it. */
    static MessageType message(RowType type) {
        List<org.apache.parquet.schema.Type> columns = new ArrayList<>();
        for (Field field : type.fields()) {
            columns.add(new PrimitiveType(Repetition.OPTIONAL, stored(field.type()), DECIMAL_BYTES, field.name()));
        }
        return new MessageType("rows", columns);
    }

    private static PrimitiveTypeName stored(SqlType type) {
        return switch (type.kind()) {
            case INT -> type.name() == TypeName.BOOLEAN ? PrimitiveTypeName.BOOLEAN : PrimitiveTypeName.INT32;
            case LONG -> PrimitiveTypeName.INT64;
            case DOUBLE -> type.name() == TypeName.REAL ? PrimitiveTypeName.FLOAT : PrimitiveTypeName.DOUBLE;
            case DECIMAL128 -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case BYTES -> PrimitiveTypeName.BINARY;
        };
    }

    /** The schema as the footer has it. */
    static List<SchemaElement> elements(RowType type) {
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement("rows").setNum_children(type.size()));
        type.fields().forEach(field -> elements.add(element(field)));
        return elements;
    }

    private static SchemaElement element(Field field) {
        SqlType type = field.type();
        String stored = stored(type).name().replace("BINARY", "BYTE_ARRAY");
        SchemaElement element = new SchemaElement(field.name())
                .setType(org.apache.parquet.format.Type.valueOf(stored))
                .setRepetition_type(FieldRepetitionType.OPTIONAL);
        if (type.kind() == PhysicalKind.DECIMAL128) {
            element.setType_length(DECIMAL_BYTES);
        }
        older(type).ifPresent(element::setConverted_type);
        if (type.name() == TypeName.DECIMAL) {
            element.setPrecision(type.precision());
            element.setScale(type.scale());
        }
        meaning(type).ifPresent(element::setLogicalType);
        return element;
    }

    /** The meaning in the words of older readers, which have none for local times. */
    private static Optional<ConvertedType> older(SqlType type) {
        return Optional.ofNullable(
                switch (type.name()) {
                    case TINYINT -> ConvertedType.INT_8;
                    case SMALLINT -> ConvertedType.INT_16;
                    case DECIMAL -> ConvertedType.DECIMAL;
                    case CHAR, VARCHAR -> ConvertedType.UTF8;
                    case DATE -> ConvertedType.DATE;
                    case TIMESTAMP_LTZ -> ConvertedType.TIMESTAMP_MICROS;
                    case ARRAY, MAP, ROW -> ConvertedType.JSON;
                    default -> null;
                });
    }

    private static Optional<LogicalType> meaning(SqlType type) {
        TimeUnit micros = TimeUnit.MICROS(new MicroSeconds());
        return Optional.ofNullable(
                switch (type.name()) {
                    case TINYINT -> LogicalType.INTEGER(new IntType((byte) 8, true));
                    case SMALLINT -> LogicalType.INTEGER(new IntType((byte) 16, true));
                    case DECIMAL -> LogicalType.DECIMAL(new DecimalType(type.scale(), type.precision()));
                    case CHAR, VARCHAR -> LogicalType.STRING(new StringType());
                    case DATE -> LogicalType.DATE(new DateType());
                    case TIME -> LogicalType.TIME(new TimeType(false, micros));
                    case TIMESTAMP -> LogicalType.TIMESTAMP(new TimestampType(false, micros));
                    case TIMESTAMP_LTZ -> LogicalType.TIMESTAMP(new TimestampType(true, micros));
                    case ARRAY, MAP, ROW -> LogicalType.JSON(new JsonType());
                    default -> null;
                });
    }
}
