package io.thalweg.planner;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.lowering.ColumnSubstitution;
import io.thalweg.planner.lowering.CurrentTime;
import io.thalweg.planner.lowering.ExpressionLowering;
import io.thalweg.planner.query.QueryConverter;
import io.thalweg.planner.query.SourceText;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** The planning of one expression of the catalog. */
final class ExpressionPlanning {
    private final SourceText source;
    private final QueryConverter converter;

    ExpressionPlanning(SourceText source, QueryConverter converter) {
        this.source = source;
        this.converter = converter;
    }

    ScalarExpression plan(RowType columns, Optional<SqlType> expectedType) {
        // A default is evaluated for each INSERT, at the time of it; here it only has to be right.
        CurrentTime time = columns.size() == 0 ? CurrentTime.at(0, ZoneOffset.UTC) : CurrentTime.none();
        SqlNode parsed = converter.parseExpression();
        SourceSpan place = source.span(parsed.getParserPosition());
        try {
            ScalarExpression expression = new ExpressionLowering(time)
                    .lower(converter
                            .convertExpressions(List.of(parsed), columns)
                            .get(0));
            ColumnSubstitution.substituteParameters(expression, parameter -> {
                throw new ThalwegException(
                        ErrorCode.INVALID_DEFINITION, "an expression of the catalog has no parameters");
            });
            return expectedType
                    .map(type -> AssignmentCast.assign(expression, column(type), "the column", place))
                    .orElse(expression);
        } catch (ThalwegException e) {
            throw e.span().isPresent() ? e : e.at(place);
        }
    }

    private static ColumnDefinition column(SqlType type) {
        return new ColumnDefinition("", type, ColumnOrigin.STORED, Optional.empty(), Optional.empty());
    }

    WatermarkDefinition planWatermark(String column, SourceSpan columnSpan, RowColumns columns) {
        int visible = columns.visibleType().indexOf(column);
        if (visible < 0) {
            throw new ThalwegException(
                            ErrorCode.UNDEFINED_COLUMN, "column " + column + " of the WATERMARK does not exist")
                    .at(columnSpan);
        }
        int stored = columns.storedIndex(visible);
        SqlType type = columns.visibleType().type(visible);
        if (stored < 0 || !type.name().isTimestamp()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "column " + column + " of the WATERMARK is "
                                    + (stored < 0 ? "not stored" : "of type " + type.sqlText() + ", not a TIMESTAMP"))
                    .at(columnSpan);
        }
        ScalarExpression expression = plan(columns.visibleType(), Optional.empty());
        return new WatermarkDefinition(stored, delayMicros(expression, visible));
    }

    private long delayMicros(ScalarExpression expression, int column) {
        if (isColumn(expression, column)) {
            return 0;
        }
        boolean shifted = expression instanceof FunctionCall call
                && call.function() == ScalarFunction.ADD_INTERVAL
                && isColumn(call.argument(0), column)
                && call.argument(1) instanceof Literal interval
                && interval.type().name() == TypeName.INTERVAL_MICROS
                && interval.value() instanceof Long micros
                && micros <= 0;
        if (shifted && ((Literal) ((FunctionCall) expression).argument(1)).value() instanceof Long micros) {
            return -micros;
        }
        throw new ThalwegException(
                        ErrorCode.INVALID_DEFINITION,
                        "a WATERMARK is its time column, or its time column minus a constant interval of days to seconds")
                .at(source.span(converter.parseExpression().getParserPosition()))
                .withHint("Write WATERMARK FOR ts AS ts - INTERVAL '5' SECOND.");
    }

    private static boolean isColumn(ScalarExpression expression, int column) {
        return expression instanceof ColumnReference reference && reference.column() == column;
    }
}
