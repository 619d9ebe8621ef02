package io.thalweg.server.format.parquet;

import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column at the top of a file, as its footer declares it.
 *
 * @param type how its values are stored; empty if it is made of others, or repeated
 * @param meaning what the stored values stand for
 * @param scale digits behind the point of a DECIMAL
 * @param nanosPerUnit of a time or timestamp
 */
record FileColumn(String name, Optional<PrimitiveType> type, Meaning meaning, int scale, int nanosPerUnit) {
    private static final int MILLI = 1_000_000;
    private static final int MICRO = 1_000;

    /** What stored values stand for. */
    enum Meaning {
        NUMBER,
        UNSIGNED,
        DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        TEXT,
        BYTES
    }

    static FileColumn of(SchemaElement element) {
        boolean flat = element.isSetType() && element.getRepetition_type() != FieldRepetitionType.REPEATED;
        if (!flat) {
            return new FileColumn(element.getName(), Optional.empty(), Meaning.BYTES, 0, 1);
        }
        Meaning meaning = element.isSetLogicalType() ? logical(element.getLogicalType()) : converted(element);
        int scale = element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()
                ? element.getLogicalType().getDECIMAL().getScale()
                : element.getScale();
        return new FileColumn(
                element.getName(),
                Optional.of(primitive(element)),
                meaning == Meaning.NUMBER ? plain(element) : meaning,
                scale,
                nanosPerUnit(element));
    }

    private static PrimitiveType primitive(SchemaElement element) {
        Repetition repetition = element.getRepetition_type() == FieldRepetitionType.REQUIRED
                ? Repetition.REQUIRED
                : Repetition.OPTIONAL;
        PrimitiveTypeName name = switch (element.getType()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64 -> PrimitiveTypeName.INT64;
            case INT96 -> PrimitiveTypeName.INT96;
            case FLOAT -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
        return new PrimitiveType(repetition, name, element.getType_length(), element.getName());
    }

    /** What values stand for of which nothing is said. */
    private static Meaning plain(SchemaElement element) {
        return switch (element.getType()) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Meaning.BYTES;
            case INT96 -> Meaning.TIMESTAMP;
            default -> Meaning.NUMBER;
        };
    }

    private static Meaning logical(LogicalType type) {
        if (type.isSetSTRING() || type.isSetJSON() || type.isSetENUM()) {
            return Meaning.TEXT;
        }
        if (type.isSetINTEGER()) {
            return type.getINTEGER().isIsSigned() ? Meaning.NUMBER : Meaning.UNSIGNED;
        }
        if (type.isSetTIMESTAMP()) {
            return Meaning.TIMESTAMP;
        }
        if (type.isSetTIME()) {
            return Meaning.TIME;
        }
        return type.isSetDECIMAL() ? Meaning.DECIMAL : type.isSetDATE() ? Meaning.DATE : Meaning.NUMBER;
    }

    private static Meaning converted(SchemaElement element) {
        if (!element.isSetConverted_type()) {
            return Meaning.NUMBER;
        }
        return switch (element.getConverted_type()) {
            case UTF8, JSON, ENUM -> Meaning.TEXT;
            case DECIMAL -> Meaning.DECIMAL;
            case DATE -> Meaning.DATE;
            case TIME_MILLIS, TIME_MICROS -> Meaning.TIME;
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> Meaning.TIMESTAMP;
            case UINT_8, UINT_16, UINT_32, UINT_64 -> Meaning.UNSIGNED;
            default -> Meaning.NUMBER;
        };
    }

    private static int nanosPerUnit(SchemaElement element) {
        if (element.isSetLogicalType() && element.getLogicalType().isSetTIMESTAMP()) {
            return nanos(element.getLogicalType().getTIMESTAMP().getUnit());
        }
        if (element.isSetLogicalType() && element.getLogicalType().isSetTIME()) {
            return nanos(element.getLogicalType().getTIME().getUnit());
        }
        boolean millis = element.isSetConverted_type()
                && (element.getConverted_type() == ConvertedType.TIME_MILLIS
                        || element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS);
        return millis ? MILLI : MICRO;
    }

    private static int nanos(TimeUnit unit) {
        return unit.isSetMILLIS() ? MILLI : unit.isSetMICROS() ? MICRO : 1;
    }
}
