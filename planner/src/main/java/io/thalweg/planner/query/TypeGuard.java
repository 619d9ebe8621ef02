package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.schema.CatalogSchema;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;

/** Refuses the types in a query that we do not have, and sizes that Calcite would silently cut to its own limits. */
final class TypeGuard {
    private static final Set<String> TIMES = Set.of("TIME", "TIMESTAMP", "TIMESTAMP_WITH_LOCAL_TIME_ZONE");
    private static final Set<String> SIMPLE = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "REAL",
            "FLOAT",
            "DOUBLE",
            "CHAR",
            "VARCHAR",
            "BINARY",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
            "DECIMAL");

    private TypeGuard() {}

    static void check(SqlDataTypeSpec type, SourceSpan span) {
        check(type.getTypeNameSpec(), span);
    }

    private static void check(SqlTypeNameSpec spec, SourceSpan span) {
        String name = spec.getTypeName().toString();
        if (spec instanceof SqlUserDefinedTypeNameSpec) {
            if (!CatalogSchema.isTypeAlias(name)) {
                throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "type " + name + " does not exist").at(span);
            }
        } else if (spec instanceof SqlCollectionTypeNameSpec collection && name.equalsIgnoreCase("ARRAY")) {
            check(collection.getElementTypeName(), span);
        } else if (spec instanceof SqlMapTypeNameSpec map) {
            check(map.getKeyType(), span);
            check(map.getValType(), span);
        } else if (spec instanceof SqlRowTypeNameSpec row) {
            row.getFieldTypes().forEach(field -> check(field, span));
        } else if (spec instanceof SqlBasicTypeNameSpec basic && SIMPLE.contains(name.toUpperCase(Locale.ROOT))) {
            checkSize(basic, name.toUpperCase(Locale.ROOT), span);
        } else {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "type " + name.replace('_', ' ') + " is not supported")
                    .at(span);
        }
    }

    private static void checkSize(SqlBasicTypeNameSpec type, String name, SourceSpan span) {
        int precision = type.getPrecision();
        if (precision == -1) {
            return;
        }
        int scale = Math.max(type.getScale(), 0);
        boolean fits = switch (name) {
            case "DECIMAL" -> precision >= 1 && precision <= SqlType.MAX_DECIMAL_PRECISION && scale <= precision;
            default -> TIMES.contains(name) ? precision <= SqlType.MAX_TIME_PRECISION : precision >= 1;
        };
        if (!fits) {
            throw new ThalwegException(
                            ErrorCode.ARGUMENT_OUT_OF_RANGE, "the size of type " + name + " is out of range here")
                    .at(span);
        }
    }
}
