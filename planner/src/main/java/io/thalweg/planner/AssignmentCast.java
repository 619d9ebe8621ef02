package io.thalweg.planner;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.lowering.Coercion;
import java.util.Optional;

/**
 * Makes a value one of the type of the column it is put into. A number may go into any type of numbers and everything into
 * text; text goes into other types only as a literal, since then its mistakes are seen here.
 */
final class AssignmentCast {
    private AssignmentCast() {}

    /** @param described the column as messages name it */
    static ScalarExpression assign(
            ScalarExpression value, ColumnDefinition column, String described, SourceSpan place) {
        try {
            return value instanceof Literal literal
                    ? literal(literal, column.type(), described)
                    : expression(value, column.type(), described);
        } catch (ThalwegException e) {
            throw e.span().isPresent() ? e : e.at(place);
        }
    }

    private static ScalarExpression literal(Literal value, SqlType type, String described) {
        if (value.isNull() && !type.nullable()) {
            throw notNull(described);
        }
        if (type.name().isText() && value.value() instanceof String text) {
            checkLength(text, type, described);
        }
        Optional<Literal> exact = Coercion.fold(value, open(type));
        if (exact.isPresent()) {
            return exact.get();
        }
        if (value.type().name().isText() && value.value() instanceof String text) {
            return text(value, text, type, described);
        }
        return expression(value, type, described);
    }

    static ThalwegException notNull(String described) {
        return new ThalwegException(ErrorCode.NULL_NOT_ALLOWED, described + " may not be NULL");
    }

    /**
     * The type that a value is made of before it is stored: text and binary values keep their length. A cast to the
     * column's type would cut off what is too long; whoever stores the value refuses it, and fills CHAR up.
     */
    static SqlType open(SqlType type) {
        if (type.name().isText()) {
            return SqlType.VARCHAR.withNullable(type.nullable());
        }
        if (type.name().isNested()) {
            return type.withComponents(
                    type.components().stream().map(c -> open(c.type())).toList());
        }
        return type.name() == TypeName.VARBINARY ? SqlType.VARBINARY.withNullable(type.nullable()) : type;
    }

    private static void checkLength(String text, SqlType type, String described) {
        int length = text.codePointCount(0, text.length());
        if (type.precision() >= 0 && length > type.precision()) {
            throw new ThalwegException(
                    ErrorCode.STRING_TOO_LONG,
                    "the text has " + length + " characters, but " + described + " is of type " + type.sqlText());
        }
    }

    private static ScalarExpression text(Literal value, String text, SqlType type, String described) {
        TypeName name = type.name();
        boolean time = name == TypeName.DATE || name == TypeName.TIME || name == TypeName.TIMESTAMP;
        SqlType finest = time && name != TypeName.DATE ? new SqlType(name, SqlType.MAX_TIME_PRECISION, 0, true) : type;
        if (time && Coercion.fold(value, finest).isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.DATETIME_FORMAT, "text '" + text + "' is not a " + name + " for " + described)
                    .withHint("The format is 2001-12-31 for a DATE, 23:59:59 for a TIME, and both for a TIMESTAMP.");
        }
        return castOrFail(value, type, described);
    }

    private static ScalarExpression expression(ScalarExpression value, SqlType type, String described) {
        SqlType from = value.type();
        boolean textIntoOther = from.name().isText() && !type.name().isText() && !(value instanceof Literal);
        if (textIntoOther) {
            throw mismatch(from, type, described);
        }
        return castOrFail(value, type, described);
    }

    private static ScalarExpression castOrFail(ScalarExpression value, SqlType type, String described) {
        try {
            return Coercion.cast(value, open(type));
        } catch (ThalwegException e) {
            throw mismatch(value.type(), type, described);
        }
    }

    private static ThalwegException mismatch(SqlType from, SqlType to, String described) {
        return new ThalwegException(
                        ErrorCode.DATATYPE_MISMATCH,
                        described + " is of type " + to.sqlText() + ", but the value is of type " + from.sqlText())
                .withHint("Write CAST(value AS " + to.sqlText() + ") if that is meant.");
    }
}
